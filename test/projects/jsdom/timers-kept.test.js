/** @jest-loop {"leftovers": "fail"} */
test('leaves one behind', () => {
  setTimeout(() => {}, 60_000);
});
test('leaves none behind', async () => {
  await new Promise(resolve => setTimeout(resolve, 1));
});

/** @jest-loop {"leftovers": "fail"} */
test.concurrent('leaves a timer', async () => {
  setTimeout(() => {}, 5000);
});
test.concurrent('leaves none', () => new Promise(resolve => setTimeout(resolve, 30)));

async function* makeAsyncGenerator() {
  yield 1;
  yield 2;
}
const impl = function* () {
  yield 'value';
};
fixture('made', () => makeAsyncGenerator());
fixture('madeByFunction', function () {
  return makeAsyncGenerator();
});
fixture('forwarded', function () {
  return impl.apply(this, arguments);
});
test('generators that plain functions return are values', async ({ made, madeByFunction, forwarded }) => {
  expect((await made.next()).value).toBe(1);
  expect((await madeByFunction.next()).value).toBe(1);
  expect(forwarded.next().value).toBe('value');
});

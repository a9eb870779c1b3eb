// Nothing here is of jest-loop: all is as Jest has it.
const wait = ms => new Promise(resolve => setTimeout(resolve, ms));
let left;

test('a timer outlives its test', () => {
  left = new Promise(resolve => setTimeout(() => resolve('fired'), 5));
});
test('as ever', async () => expect(await left).toBe('fired'));
test("Jest's own time limit", () => wait(1000), 10);
test("Jest's own word on a rejection", async () => {
  Promise.reject(new Error('unhandled'));
  await wait(5);
});
test("Jest's own word on an exception", async () => {
  setTimeout(() => {
    throw new Error('uncaught');
  }, 1);
  await wait(10);
});
test('returns something', () => 5);
test('stacks have all frames', () => {
  expect(new Error('here').stack).toContain('jest-circus');
});

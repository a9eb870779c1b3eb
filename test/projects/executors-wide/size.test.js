const ask = require('./ask');

test('a value sizes the pool of each Loop', async ({
  directoryAsks,
  workerAsks,
  sessionAsks,
  sizes,
  eventLoop,
}) => {
  expect([directoryAsks, workerAsks, sessionAsks, sizes]).toEqual([1, 1, 1, 1]);
  expect(await ask(eventLoop)).toBe(1);
});
test('also of a test in the Loop of its worker', { loopScope: 'worker' }, async ({ eventLoop }) => {
  expect(await ask(eventLoop)).toBe(1);
});

/** @jest-loop {"threadPoolSize": 1} */
const thread = () => require('node:worker_threads').threadId;
const several = loop => Promise.all([1, 2, 3].map(() => loop.runInExecutor(thread)));

fixture('wide', { scope: 'file' }, ({ eventLoop }) => several(eventLoop));
test('as many threads as threadPoolSize says', async ({ eventLoop }) => {
  const [first, ...others] = await several(eventLoop);
  expect(others).toEqual([first, first]);
});
test('in each Loop', ({ wide: [first, ...others] }) => expect(others).toEqual([first, first]));

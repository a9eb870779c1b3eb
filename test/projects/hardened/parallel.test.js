/** @jest-loop {"setup": "parallel"} */
let failNow;
const waiting = new Promise(resolve => (failNow = resolve));
fixture('shared', { scope: 'file' }, async (_, { signal }) => {
  await new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
    setTimeout(resolve, 30);
  });
  return 'shared';
});
fixture('fails', async () => {
  await waiting;
  throw new Error('of the other test');
});
test.concurrent('fails', async ({ shared, fails }) => {});
test.concurrent('is not touched by it', async ({ shared }) => expect(shared).toBe('shared'));
fixture('lets', async ({ shared }) => failNow());
test.concurrent('lets it fail', async ({}) => failNow());

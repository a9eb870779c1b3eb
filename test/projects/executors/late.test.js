const { getRunningLoop } = require('jest-loop');

const leaves = () => void setTimeout(() => Promise.reject(new RangeError('late')), 0);
const later = () => new Promise(resolve => setTimeout(resolve, 60));

test('what work leaves behind fails the test that requested it', async ({ eventLoop }) => {
  await eventLoop.runInExecutor(leaves);
  await later();
});
test('also in a process', async ({ eventLoop, processPoolExecutor }) => {
  await processPoolExecutor.run(leaves, []);
  await later();
});
test('its exception handler comes first', async ({ eventLoop }) => {
  eventLoop.setExceptionHandler((_, { message, exception }) => {
    expect([message, exception.message]).toEqual([
      'Exception in an executor after its work had ended',
      'late',
    ]);
  });
  await eventLoop.runInExecutor(leaves);
  await later();
});
describe('in the Loop of the file', () => {
  mark.loopScope('file');
  test('fails', async () => {
    await getRunningLoop().runInExecutor(leaves);
    await later();
  });
  test('the next one has a new thread', async () =>
    expect(await getRunningLoop().runInExecutor(() => 1)).toBe(1));
});

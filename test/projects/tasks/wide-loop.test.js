/** @jest-loop {"loopScope": "worker"} */
const { sleep } = require('jest-loop');

describe('a Loop of another realm', () => {
  test.each([
    ['createTask', loop => loop.createTask(5)],
    ['callExceptionHandler', loop => loop.callExceptionHandler(5)],
    ['sleep', loop => loop.sleep(-1)],
    ['a task', loop => loop.createTask(() => loop.run(5))],
  ])('its mistakes are errors of the test: %s', async (_, call, { eventLoop }) => {
    const error = await (async () => await call(eventLoop))().catch(thrown => thrown);
    expect([error instanceof Error, error.code]).toEqual([true, 'ERR_LOOP_ARGUMENT']);
  });

  test('so are its cancellations', async ({ eventLoop }) => {
    let seen;
    const task = eventLoop.createTask(async () => {
      await sleep(5000).catch(error => {
        seen = error;
      });
    });
    await sleep(0);
    task.cancel();
    await task;
    expect([seen instanceof Error, seen.name]).toEqual([true, 'CancelledError']);
  });
});

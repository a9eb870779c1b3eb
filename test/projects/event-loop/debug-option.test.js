/** @jest-loop {"debug": true} */
const { getRunningLoop, sleep } = require('jest-loop');

const warnings = [];
console.warn = message => warnings.push(message);
const block = ms => {
  for (const end = performance.now() + ms; performance.now() < end; );
};
test('the option', ({ loopDebug, eventLoop }) => {
  expect(loopDebug).toBe(true);
  expect(eventLoop.debug).toBe(true);
});
test('reports a callback that blocks, and where it was set', async () => {
  await new Promise(resolve =>
    setTimeout(() => {
      block(120);
      resolve();
    }, 1),
  );
  expect(warnings.splice(0)).toEqual([
    expect.stringMatching(
      /The callback of setTimeout\(fn, 1\) blocked for \d+ ms.*debug-option\.test\.js:15/s,
    ),
  ]);
});
test('pending work on a timeout is shown with its place, however short', { timeout: 20 }, async () => {
  const task = getRunningLoop().createTask(() => sleep(5000), { name: 'worker' });
  task.then(undefined, () => {});
  await getRunningLoop().createFuture();
});
test('a task that is not awaited', () => {
  getRunningLoop().createTask(() => {}, { name: 'forgotten' });
});
test('is reported at the end of its test', () => {
  expect(warnings.splice(0)).toEqual([
    expect.stringMatching(
      /Task "forgotten" was never awaited.*debug-option\.test\.js:\d+.*a task that is not awaited/s,
    ),
  ]);
});

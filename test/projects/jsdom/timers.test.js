/** @jest-loop {"leftovers": "cancel"} */
const { log } = require('../log');
const { getRunningLoop, sleep } = require('jest-loop');

const items = () => [...getRunningLoop().pending].map(item => item.describe());

test('those of the window belong to the Loop of the test', () => {
  setTimeout(() => log('never: setTimeout'), 10);
  window.setInterval(() => log('never: setInterval'), 10);
  expect(items()).toEqual(['setTimeout(fn, 10)', 'setInterval(fn, 10)']);
});
test('none of them has fired', () => new Promise(resolve => setTimeout(resolve, 50)));
test('handles are the numbers of the window', async () => {
  const id = setTimeout(() => log('never: cleared'), 5);
  expect(typeof id).toBe('number');
  expect(items()).toHaveLength(1);
  clearTimeout(id);
  expect(items()).toHaveLength(0);
  const interval = setInterval(() => {}, 5);
  window.clearTimeout(interval);
  expect(items()).toHaveLength(0);
  expect(typeof setImmediate).toBe('undefined');
});
test('they call with the window as this, and pass what was given', async () => {
  const got = await new Promise(resolve =>
    setTimeout(
      function (...args) {
        resolve([this === window, ...args]);
      },
      1,
      'a',
      'b',
    ),
  );
  expect(got).toEqual([true, 'a', 'b']);
  let ticks = 0;
  await new Promise(resolve => {
    const id = setInterval(() => {
      if (++ticks < 3) return;
      clearInterval(id);
      resolve();
    }, 1);
  });
  expect(items()).toEqual([]);
});
test('a task that is cancelled', async ({ eventLoop }) => {
  const task = eventLoop.createTask(async signal => {
    expect(signal.aborted).toBe(false);
    await sleep(100_000);
  });
  await sleep(1);
  task.cancel();
  await expect(task.then()).rejects.toThrow('Cancelled');
});
test.forbidGetEventLoop({ timers: true })('forbidden', () => {
  expect(() => setTimeout(() => {}, 1)).toThrow('setTimeout is forbidden');
});
test('a function of text is run by the window', async () => {
  setTimeout('window.ran = true', 1);
  await new Promise(resolve => setTimeout(resolve, 20));
  expect(window.ran).toBe(true);
});

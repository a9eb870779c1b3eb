const { threadId } = require('node:worker_threads');
const { getRunningLoop, sleep } = require('jest-loop');
const { log } = require('../log');

test('a self-contained function', async ({ eventLoop }) => {
  const other = await eventLoop.runInExecutor(
    (a, b) => [a + b, require('node:worker_threads').threadId],
    1,
    2,
  );
  expect(other[0]).toBe(3);
  expect(other[1]).not.toBe(threadId);
});
test('a relative path of a module, from the file that calls', async ({ eventLoop }) => {
  const { sum, thread } = await eventLoop.runInExecutor('./work/add.js', 1, 2);
  expect(sum).toBe(3);
  expect(thread).not.toBe(threadId);
});
test('an absolute one', async ({ eventLoop }) =>
  expect(await eventLoop.runInExecutor(require.resolve('./work/add.js'), 2, 2)).toMatchObject({ sum: 4 }));
test('asynchronous functions', async ({ eventLoop }) =>
  expect(await eventLoop.runInExecutor(async a => a * 2, 4)).toBe(8));
test('values are cloned', async ({ eventLoop }) => {
  const given = { list: [1] };
  const value = await eventLoop.runInExecutor(
    given => ({ given, map: new Map([[1, 2]]), date: new Date(5) }),
    given,
  );
  expect(value.given).toEqual(given);
  expect(value.given).not.toBe(given);
  expect([...value.map]).toEqual([[1, 2]]);
  expect(value.date.getTime()).toBe(5);
});
test('errors are those of this realm', async ({ eventLoop }) => {
  const error = await eventLoop.runInExecutor('./work/fails.js', 'E_OWN').catch(error => error);
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ message: 'in the thread', code: 'E_OWN' });
  const type = await eventLoop.runInExecutor(() => null.x).catch(error => error);
  expect(type).toBeInstanceOf(TypeError);
});
test('an uncaught error fails the test', ({ eventLoop }) =>
  eventLoop.runInExecutor(() => {
    throw new Error('in the thread');
  }));
test('in fixtures and hooks', ({ computed }) => expect(computed).toBe(6));
fixture('computed', ({ eventLoop }) => eventLoop.runInExecutor(a => a + 1, 5));
describe('hooks', () => {
  let value;
  beforeAll(async ({ eventLoop }) => {
    value = await eventLoop.runInExecutor(() => 7);
  });
  test('for all', () => expect(value).toBe(7));
});
test('a limit ends a thread that is busy', { timeout: 300 }, async ({ eventLoop }) => {
  try {
    await eventLoop.runInExecutor(() => {
      for (;;);
    });
  } finally {
    log('cancelled');
  }
});
let kept;
test('a fixture that keeps its Loop', ({ eventLoop }) => {
  kept = eventLoop;
  return eventLoop.runInExecutor(() => {});
});
test('of a test that is over is closed', () => {
  expect(() => kept.runInExecutor(() => {})).toThrow(Error);
});
const threads = () => process.getActiveResourcesInfo().filter(name => /worker|message/i.test(name));
test('a thread is there', async ({ eventLoop }) => {
  const running = eventLoop.runInExecutor(() => {});
  await sleep(1);
  expect(threads()).not.toEqual([]);
  await running;
});
test('no thread is left', () => expect(threads()).toEqual([]));
test('an outer variable is a mistake', ({ eventLoop }) => eventLoop.runInExecutor(() => log('x')));
test('a module that is not there', ({ eventLoop }) =>
  expect(eventLoop.runInExecutor('./work/gone.js')).rejects.toThrow(/Could not load module .*gone\.js/));

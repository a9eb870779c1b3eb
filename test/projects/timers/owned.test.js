// Each of these belongs to the Loop it is called in: with leftovers "cancel" it never fires after its test.
const timers = require('node:timers');
const { setTimeout: destructured, setInterval: interval } = require('timers');
const promises = require('node:timers/promises');
const { promisify } = require('node:util');
const { log } = require('../log');
const lib = require('./lib');

const imported = global.setTimeout;
const sleep = promisify(setTimeout);
const soon = promisify(setImmediate);
const never = name => () => log(`never: ${name}`);

test.each([
  ['a global', () => setTimeout(never('setTimeout'), 10)],
  ['globalThis', () => globalThis.setTimeout(never('globalThis'), 10)],
  ['taken before', () => imported(never('imported'), 10)],
  ['setInterval', () => setInterval(never('setInterval'), 10)],
  ['node:timers', () => timers.setTimeout(never('node:timers'), 10)],
  ['taken from timers', () => destructured(never('destructured'), 10)],
  ['setInterval of timers', () => interval(never('interval'), 10)],
  ['required inside', () => require('timers').setTimeout(never('required'), 10)],
  ['timers/promises', () => promises.setTimeout(10).then(never('timers/promises'), () => {})],
  ['scheduler', () => promises.scheduler.wait(10).then(never('scheduler'), () => {})],
  ['promisify', () => sleep(10).then(never('promisify'), () => {})],
  ['a library that has kept the global', () => lib.later(never('lib'), 10)],
  ['a library that has kept node:timers', () => lib.nodeLater(never('lib'), 10)],
  ['a library with timers/promises', () => lib.wait(10).then(never('lib'), () => {})],
  ['a library with promisify', () => lib.sleep(10).then(never('lib'), () => {})],
  ['setupFiles', () => early.setTimeout(never('setupFiles'), 10)],
  ['setupFiles, setInterval', () => early.setInterval(never('setupFiles'), 10)],
  ['setupFiles, node:timers', () => early.node.setTimeout(never('setupFiles'), 10)],
  ['setupFiles, timers/promises', () => early.promises.setTimeout(10).then(never('setupFiles'), () => {})],
])('%s', (_, start) => {
  const count = jest.requireActual('jest-loop').getRunningLoop().pending.size;
  start();
  expect(jest.requireActual('jest-loop').getRunningLoop().pending.size).toBe(count + 1);
});
test('none of them has fired', () => new Promise(resolve => setTimeout(resolve, 60)));

test('all of them work', async () => {
  const fired = [];
  await new Promise(resolve => setTimeout((a, b) => resolve(fired.push(a, b)), 1, 'a', 'b'));
  await new Promise(resolve => setImmediate(value => resolve(fired.push(value)), 'immediate'));
  fired.push(await sleep(1, 'slept'), await promises.setTimeout(1, 'waited'), await soon('soon'));
  fired.push(await promises.setImmediate('turn'), await promises.scheduler.wait(1));
  for await (const tick of promises.setInterval(1, 'tick')) {
    fired.push(tick);
    break;
  }
  expect(fired).toEqual(['a', 'b', 'immediate', 'slept', 'waited', 'soon', 'turn', undefined, 'tick']);
});
test('handles are those of Node', async () => {
  const timer = setTimeout(() => {}, 1000);
  expect(timer.hasRef()).toBe(true);
  expect(timer.unref().hasRef()).toBe(false);
  expect(timer.refresh()).toBe(timer);
  expect(typeof timer[Symbol.toPrimitive]()).toBe('number');
  clearTimeout(Number(timer));
  const immediate = setImmediate(never('cleared'));
  clearImmediate(immediate);
  const { signal } = AbortSignal.timeout ? { signal: AbortSignal.abort('why') } : {};
  await expect(promises.setTimeout(10, null, { signal })).rejects.toMatchObject({ code: 'ABORT_ERR' });
  expect(() => setTimeout('no function')).toThrow('callback');
  expect(setTimeout.name).toBe('setTimeout');
  expect(timers.setTimeout(never('closed'), 20).close).toBeDefined();
});

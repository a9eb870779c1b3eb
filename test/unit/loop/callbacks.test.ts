import { getRunningLoop, type Handle, type Loop } from '../../../src/loop';
import { alone, newLoop, Recorder, turn, until, wait } from './support';

let loop: Loop;
beforeEach(() => {
  loop = newLoop();
});

test('callSoon calls in a later turn, in order, with its arguments, in its Loop', async () => {
  const log: unknown[] = [];
  loop.callSoon((...args: unknown[]) => log.push(args, getRunningLoop() === loop), 1, 'two');
  loop.callSoon(() => log.push('second'));
  await Promise.resolve();
  expect(log).toEqual([]);
  await turn();
  expect(log).toEqual([[1, 'two'], true, 'second']);
});

test('callSoon in a callback waits for the next turn', async () => {
  const log: string[] = [];
  loop.callSoon(() => {
    log.push('first');
    loop.callSoon(() => log.push('inner'));
  });
  loop.callSoon(() => log.push('second'));
  await turn();
  expect(log).toEqual(['first', 'second']);
  await turn();
  expect(log).toEqual(['first', 'second', 'inner']);
});

test('callLater calls after a delay, callAt at a time', async () => {
  const began = loop.time();
  const log: [string, number][] = [];
  const record = (name: string) => log.push([name, loop.time() - began]);
  loop.callLater(400, record, 'later');
  loop.callAt(began + 150, record, 'at');
  loop.callAt(began - 1000, record, 'long ago');
  await until(() => log.length === 3);
  expect(log.map(([name]) => name)).toEqual(['long ago', 'at', 'later']);
  expect(log[1]![1]).toBeGreaterThan(148);
  expect(log[2]![1]).toBeGreaterThan(398);
});

test('a handle says when it is due', () => {
  const before = loop.time();
  const { when } = loop.callLater(100, () => {});
  const at = before + 50;
  const { when: whenAt } = loop.callAt(at, () => {});
  const took = loop.time() - before;
  // Timers count whole milliseconds.
  expect(when).toBeGreaterThanOrEqual(before + 99);
  expect(when).toBeLessThanOrEqual(before + 101 + took);
  expect(whenAt).toBeGreaterThanOrEqual(at - 1);
  expect(whenAt).toBeLessThanOrEqual(at + 1 + took);
});

test('a handle cancels its callback', async () => {
  const fn = jest.fn();
  const handles = [loop.callSoon(fn), loop.callLater(1, fn), loop.callAt(loop.time() + 1, fn)];
  for (const handle of handles) {
    handle.cancel();
    handle.cancel();
    expect(handle.cancelled).toBe(true);
  }
  expect(loop.pending.size).toBe(0);
  await wait(5);
  expect(fn).not.toHaveBeenCalled();
});

test('a handle whose callback ran is not cancelled', async () => {
  const handle: Handle = loop.callSoon(() => handle.cancel());
  await turn();
  handle.cancel();
  expect(handle.cancelled).toBe(false);
  expect(loop.pending.size).toBe(0);
});

test('one callback may cancel the next', async () => {
  const fn = jest.fn();
  loop.callSoon(() => next.cancel());
  const next = loop.callSoon(fn);
  await turn();
  await turn();
  expect(fn).not.toHaveBeenCalled();
});

test.each([
  ['callLater', () => loop.callLater(-1, () => {}), 'a number of milliseconds from 0, got -1 (number).'],
  ['callLater', () => loop.callLater(1, 5 as never), 'a function, got 5 (number).'],
  ['callSoon', () => loop.callSoon(undefined as never), 'a function, got undefined.'],
  ['callAt', () => loop.callAt(Number.NaN, () => {}), 'a time of loop.time(), got NaN (number).'],
  ['callAt', () => loop.callAt('now' as never, () => {}), 'a time of loop.time(), got "now" (string).'],
])('%s is checked: %#', (name, call, message) => {
  expect(call).toThrow(`loop.${name}() expects ${message}`);
});

test('a delay too long for Node still waits in full', async () => {
  const fn = jest.fn();
  loop.callLater(2 ** 31, fn);
  loop.callLater(Number.POSITIVE_INFINITY, fn);
  loop.callAt(Number.POSITIVE_INFINITY, fn);
  const sleeping = loop.sleep(Number.POSITIVE_INFINITY).catch(() => 'cancelled');
  await wait(5);
  expect(fn).not.toHaveBeenCalled();
  await loop.close();
  expect(await sleeping).toBe('cancelled');
});

test('an error of a callback is reported with its handle, and other callbacks still run', async () => {
  const recorder = new Recorder(loop);
  const error = new Error('boom');
  const fn = jest.fn();
  const handle = recorder.run(() =>
    loop.callSoon(() => {
      throw error;
    }),
  );
  loop.callSoon(fn);
  await turn();
  expect(recorder.contexts).toEqual([
    { message: 'Exception in the callback of callSoon', exception: error, handle },
  ]);
  expect(fn).toHaveBeenCalled();
});

test('an error of a callback without an owner is an uncaught exception', () => {
  const { code, out } = alone(`
    process.on('uncaughtException', error => { say(error.message); loop.callLater(1, () => say('goes on')) });
    const loop = new Loop();
    loop.callLater(1, () => { throw new Error('boom') });
  `);
  expect({ code, out }).toEqual({ code: 0, out: ['boom', 'goes on'] });
});

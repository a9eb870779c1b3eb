import { EventEmitter } from 'node:events';
import { type Handled, type Take, watchProcess } from '../../../../src/jest/report/process-listeners';

/** A process to which errors come as Node brings them. */
class FakeProcess extends EventEmitter {
  captures = false;

  hasUncaughtExceptionCaptureCallback(): boolean {
    return this.captures;
  }

  /** Whether a listener dealt with it; otherwise Node would end the process. */
  thrown(error: unknown, origin = 'uncaughtException'): boolean {
    this.emit('uncaughtExceptionMonitor', error, origin);
    return this.emit('uncaughtException', error, origin);
  }

  rejected(reason: unknown, promise: Promise<unknown> = Promise.resolve()): boolean {
    return this.emit('unhandledRejection', reason, promise) || this.thrown(reason, 'unhandledRejection');
  }
}

let target: FakeProcess;
let takes: boolean;
const take = jest.fn((() => takes) as Take);
const handled = jest.fn((() => {}) as Handled);
const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));
const names = ['uncaughtException', 'unhandledRejection', 'rejectionHandled'] as const;

beforeEach(() => {
  target = new FakeProcess();
  takes = true;
  take.mockClear();
  handled.mockClear();
});

test.each([
  ['an exception', 'uncaughtException', () => target.thrown('x')],
  ['a rejection', 'unhandledRejection', () => target.rejected('x')],
] as const)(
  '%s that is taken is seen by no listener, the next one that is not by all, in order',
  (_, name, happen) => {
    const calls: unknown[] = [];
    for (const id of [1, 2]) target.on(name, (...args) => calls.push([id, args[0]]));
    watchProcess(take, handled, target);
    expect(happen()).toBe(true);
    expect(calls).toEqual([]);
    takes = false;
    expect(happen()).toBe(true);
    expect(calls).toEqual([
      [1, 'x'],
      [2, 'x'],
    ]);
    expect(take).toHaveBeenCalledTimes(2);
  },
);

test("listeners get Node's arguments, and the process as `this`", () => {
  const listener = jest.fn(function (this: unknown) {
    expect(this).toBe(target);
  });
  const promise = Promise.resolve();
  takes = false;
  for (const name of names) target.on(name, listener);
  watchProcess(take, handled, target);
  target.rejected('r', promise);
  target.thrown('t');
  target.emit('rejectionHandled', promise);
  expect(listener.mock.calls).toEqual([['r', promise], ['t', 'uncaughtException'], [promise]]);
  expect(take.mock.calls).toEqual([
    ['r', 'unhandledRejection', promise],
    ['t', 'uncaughtException', undefined],
  ]);
});

test('without a listener, only what is taken is handled', () => {
  watchProcess(take, handled, target);
  expect([target.thrown('t'), target.rejected('r')]).toEqual([true, true]);
  expect(take.mock.calls.map(([, origin]) => origin)).toEqual(['uncaughtException', 'unhandledRejection']);
  takes = false;
  expect([target.thrown('t'), target.rejected('r')]).toEqual([false, false]);
  expect(names.map(name => target.listenerCount(name))).toEqual([0, 0, 0]);
});

test('a later listener gets a stand-in too, which goes when it is removed', async () => {
  const before = jest.fn();
  const circus = jest.fn();
  target.on('unhandledRejection', before);
  watchProcess(take, handled, target);
  // What circus does when a file starts and when it ends.
  const taken = target.rawListeners('unhandledRejection') as (() => void)[];
  target.removeAllListeners('unhandledRejection');
  target.on('unhandledRejection', circus);
  await turn();
  expect(target.listeners('unhandledRejection')).toEqual([circus]);
  target.rejected('x');
  target.removeListener('unhandledRejection', circus);
  expect(target.listenerCount('unhandledRejection')).toBe(0);
  for (const listener of taken) target.on('unhandledRejection', listener);
  target.rejected('x');
  await turn();
  expect(target.listeners('unhandledRejection')).toEqual([before]);
  target.rejected('x');
  expect([before, circus].map(each => each.mock.calls.length)).toEqual([0, 0]);
  takes = false;
  target.rejected('x');
  expect(before).toHaveBeenCalledTimes(1);
});

test.each(names.slice(0, 2))(
  'one that listens once to %s does so, though something was taken before',
  name => {
    const once = jest.fn();
    target.once(name, once);
    watchProcess(take, handled, target);
    const happen = (): boolean => (name === 'uncaughtException' ? target.thrown('x') : target.rejected('x'));
    happen();
    expect(once).not.toHaveBeenCalled();
    takes = false;
    happen();
    happen();
    expect(once).toHaveBeenCalledTimes(1);
    expect(target.listenerCount(name)).toBe(0);
  },
);

test('an exception emitted by other code is offered once, however many listeners there are', async () => {
  const others = [jest.fn(), jest.fn()];
  for (const other of others) target.on('uncaughtException', other);
  watchProcess(take, handled, target);
  target.emit('uncaughtException', 'x');
  expect(take.mock.calls).toEqual([['x', 'uncaughtException', undefined]]);
  for (const other of others) expect(other).not.toHaveBeenCalled();
  await turn();
  takes = false;
  target.emit('uncaughtException', 'x');
  expect(take).toHaveBeenCalledTimes(2);
  for (const other of others) expect(other.mock.calls).toEqual([['x']]);
});

test('the later handling of a taken rejection is reported to us alone, once', () => {
  const others = [jest.fn(), jest.fn()];
  for (const other of others) target.on('rejectionHandled', other);
  target.on('unhandledRejection', () => {});
  watchProcess(take, handled, target);
  const [ours, theirs] = [Promise.resolve(1), Promise.resolve(2)];
  target.rejected('x', ours);
  takes = false;
  target.rejected('x', theirs);
  target.emit('rejectionHandled', ours);
  target.emit('rejectionHandled', theirs);
  expect(handled.mock.calls).toEqual([[ours]]);
  for (const other of others) expect(other.mock.calls).toEqual([[theirs]]);
});

test('with a capture callback set, an exception is not ours', () => {
  const listener = jest.fn();
  target.on('uncaughtException', listener);
  target.captures = true;
  watchProcess(take, handled, target);
  target.emit('uncaughtExceptionMonitor', 'x', 'uncaughtException');
  expect(take).not.toHaveBeenCalled();
  expect(target.listeners('uncaughtException')).toEqual([listener]);
});

test('at the end all is restored, apart from changes in the meantime', async () => {
  const [kept, gone, added] = [jest.fn(), jest.fn(), jest.fn()];
  for (const name of names) target.on(name, kept).once(name, gone);
  const before = names.map(name => target.rawListeners(name));
  const stop = watchProcess(take, handled, target);
  expect(target.rawListeners('unhandledRejection')).not.toEqual(before[1]);
  stop();
  expect(names.map(name => target.rawListeners(name))).toEqual(before);
  expect(target.eventNames()).toEqual([...names]);

  const again = watchProcess(take, handled, target);
  for (const name of names) target.on(name, added).removeListener(name, gone);
  again();
  await turn();
  expect(names.map(name => target.rawListeners(name))).toEqual(names.map(() => [kept, added]));
  target.thrown('x');
  target.rejected('x');
  expect(take).not.toHaveBeenCalled();
});

/** Puts itself first again for each new listener, as node:domain does. */
function restless(name: string, hears: () => void, later: (fn: () => void) => void = fn => fn()): void {
  target.on('newListener', (event, added) => {
    if (event !== name || added === hears) return;
    later(() => target.removeListener(name, hears).prependListener(name, hears));
  });
  target.on(name, hears);
}

test.each([
  ['at once', undefined],
  ['in a microtask', queueMicrotask],
  ['in the next turn', (fn: () => void) => void setImmediate(fn)],
])('a listener that adds itself again for each new one, %s, sets nothing off', async (_, later) => {
  const hears = jest.fn();
  restless('uncaughtException', hears, later);
  let added = 0;
  target.on('newListener', event => {
    if (event === 'uncaughtException') added++;
  });
  watchProcess(take, handled, target);
  const other = jest.fn();
  target.on('uncaughtException', other);
  for (let i = 0; i < 5; i++) await turn();
  // Its own, and that of the one it answers.
  expect(added).toBe(2);
  expect(target.listeners('uncaughtException')).toEqual([hears, other]);
  target.thrown('x');
  expect([hears, other].map(each => each.mock.calls.length)).toEqual([0, 0]);
  takes = false;
  target.thrown('x');
  expect([hears, other].map(each => each.mock.calls.length)).toEqual([1, 1]);
});

test('a listener that comes back even after a silent change stays', async () => {
  const back = jest.fn();
  const { removeAllListeners } = target;
  target.on('uncaughtException', back);
  target.removeAllListeners = function (name) {
    return removeAllListeners.call(this, name).on('uncaughtException', back);
  };
  watchProcess(take, handled, target);
  for (let i = 0; i < 3; i++) target.on('uncaughtException', () => {});
  await turn();
  expect(target.rawListeners('uncaughtException')).toContain(back);
});

test('a listener that is removed and added again gets its stand-in again', async () => {
  const listener = jest.fn();
  target.on('unhandledRejection', listener);
  watchProcess(take, handled, target);
  for (let i = 0; i < 3; i++) {
    target.removeListener('unhandledRejection', listener).on('unhandledRejection', listener);
    await turn();
    target.rejected('x');
  }
  expect(listener).not.toHaveBeenCalled();
  expect(target.listenerCount('unhandledRejection')).toBe(1);
});

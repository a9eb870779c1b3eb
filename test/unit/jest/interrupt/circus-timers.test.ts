import { NO_TIMEOUT } from '../../../../src/jest/file/circus';
import { CircusTimers } from '../../../../src/jest/interrupt/circus-timers';

/** Timers that the tests fire by hand. */
class Global {
  readonly set = new Map<number, () => void>();
  setTimeout = (callback: () => void): number => {
    this.set.set(this.set.size + 1, callback);
    return this.set.size;
  };
  clearTimeout = (handle: number): boolean => this.set.delete(handle);
}

let global: Global;
let timers: CircusTimers;
type Timers = { setTimeout(callback: () => void, ms?: number): number; clearTimeout(handle: number): void };
/** The timers that circus keeps when it is loaded. */
let circus: Timers;

beforeEach(() => {
  global = new Global();
  timers = new CircusTimers();
  const before = global.setTimeout;
  const unwatch = timers.watch(global);
  const { setTimeout, clearTimeout } = global;
  circus = { setTimeout, clearTimeout } as Timers;
  unwatch();
  expect(global.setTimeout).toBe(before);
});

test('a running limit can be expired early, once', () => {
  const expired = jest.fn();
  circus.setTimeout(expired, 5000);
  const [expire] = timers.running();
  expire!();
  expire!();
  expect(expired).toHaveBeenCalledTimes(1);
  expect(timers.running()).toEqual([]);
});

test('a limit that has fired or was cleared is not running', () => {
  const expired = jest.fn();
  circus.setTimeout(expired, 5000);
  global.set.get(1)!();
  circus.clearTimeout(circus.setTimeout(expired, 5000));
  expect(timers.running()).toEqual([]);
  expect(global.set.size).toBe(1);
  expect(expired).toHaveBeenCalledTimes(1);
});

test('a limit that is cleared meanwhile is not expired', () => {
  const expired = jest.fn();
  const handle = circus.setTimeout(expired, 5000);
  const [expire] = timers.running();
  circus.clearTimeout(handle);
  expire!();
  expect(expired).not.toHaveBeenCalled();
});

test('managed tests share one real timer, which keeps the process alive until the file ends', () => {
  const active = (): number => process.getActiveResourcesInfo().filter(each => each === 'Timeout').length;
  const before = active();
  const expired = jest.fn();
  const handles = [circus.setTimeout(expired, NO_TIMEOUT), circus.setTimeout(expired, NO_TIMEOUT)];
  for (const each of handles) circus.clearTimeout(each);
  expect(timers.running()).toEqual([]);
  expect([global.set.size, timers.count, active() - before]).toEqual([0, 1, 1]);
  timers.end();
  timers.end();
  expect([timers.count, active() - before]).toEqual([0, 0]);
});

test('a hook that cleans up keeps its full time', () => {
  timers.cleaning = true;
  circus.setTimeout(() => {}, 5000);
  expect(timers.running()).toEqual([]);
  expect(global.set.size).toBe(1);
});

test('timers that were replaced meanwhile stay', () => {
  const unwatch = timers.watch(global);
  const fake = (): number => 0;
  global.setTimeout = fake;
  unwatch();
  expect(global.setTimeout).toBe(fake);
});

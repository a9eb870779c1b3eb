import { CircusTimers } from '../../../../src/jest/interrupt/circus-timers';

/** Timers that fire when they are told to. */
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
/** What circus keeps when it is loaded. */
let circus: Timers;

beforeEach(() => {
  global = new Global();
  timers = new CircusTimers();
  const own = global.setTimeout;
  const unwatch = timers.watch(global);
  const { setTimeout, clearTimeout } = global;
  circus = { setTimeout, clearTimeout } as Timers;
  unwatch();
  expect(global.setTimeout).toBe(own);
});

test('a limit that runs can be ended before its time, once', () => {
  const expired = jest.fn();
  circus.setTimeout(expired, 5000);
  const [end] = timers.running();
  end!();
  end!();
  expect(expired).toHaveBeenCalledTimes(1);
  expect(timers.running()).toEqual([]);
});

test('one that has fired, or was taken back, does not run', () => {
  const expired = jest.fn();
  circus.setTimeout(expired, 5000);
  global.set.get(1)!();
  circus.clearTimeout(circus.setTimeout(expired, 5000));
  expect(timers.running()).toEqual([]);
  expect(global.set.size).toBe(1);
  expect(expired).toHaveBeenCalledTimes(1);
});

test('one that was taken back between is not ended', () => {
  const expired = jest.fn();
  const handle = circus.setTimeout(expired, 5000);
  const [end] = timers.running();
  circus.clearTimeout(handle);
  end!();
  expect(expired).not.toHaveBeenCalled();
});

test('a hook that cleans up has all its time', () => {
  timers.cleaning = true;
  circus.setTimeout(() => {}, 5000);
  expect(timers.running()).toEqual([]);
  expect(global.set.size).toBe(1);
});

test('what somebody else has put there since stays', () => {
  const unwatch = timers.watch(global);
  const fake = (): number => 0;
  global.setTimeout = fake;
  unwatch();
  expect(global.setTimeout).toBe(fake);
});

import type * as Delay from '../../../src/process/real-time';
import { LONGEST_DELAY } from '../../../src/process/real-timers';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Loaded anew, so that its clock is the fake one. */
const load = async (): Promise<typeof Delay> => {
  let loaded!: typeof Delay;
  const key = Symbol.for('jest-loop.process');
  const globals = globalThis as unknown as Record<symbol, unknown>;
  const before = globals[key];
  delete globals[key];
  await jest.isolateModulesAsync(async () => {
    loaded = require('../../../src/process/real-time') as typeof Delay;
  });
  globals[key] = before;
  return loaded;
};

const YEAR = 365 * 24 * 3600 * 1000;

test("calls after the delay, even beyond Node's longest", async () => {
  const { delay } = await load();
  for (const ms of [1, LONGEST_DELAY, LONGEST_DELAY + 1, YEAR]) {
    const fn = jest.fn();
    delay(ms, fn);
    jest.advanceTimersByTime(ms - 1);
    expect(fn).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(fn).toHaveBeenCalledTimes(1);
    expect(jest.getTimerCount()).toBe(0);
  }
});

test('never, for Infinity', async () => {
  const { delay } = await load();
  const fn = jest.fn();
  const stop = delay(Number.POSITIVE_INFINITY, fn);
  jest.advanceTimersByTime(YEAR);
  expect([fn.mock.calls.length, jest.getTimerCount()]).toEqual([0, 1]);
  stop();
  expect(jest.getTimerCount()).toBe(0);
});

test('can be cancelled at any stage', async () => {
  const { delay } = await load();
  for (const passed of [0, LONGEST_DELAY + 1, 3 * LONGEST_DELAY]) {
    const stop = delay(3.5 * LONGEST_DELAY, () => {});
    jest.advanceTimersByTime(passed);
    stop();
    expect(jest.getTimerCount()).toBe(0);
  }
  delay(0, () => {})();
  expect(jest.getTimerCount()).toBe(0);
});

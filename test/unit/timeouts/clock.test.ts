import { processState } from '../../../src/process/process-state';
import { type AsyncTimeout, Clock, FollowingClock } from '../../../src/timeouts/clock';

const wait = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

/** When a clock said that time was up. */
function started(clock: AsyncTimeout): { readonly expiries: number[] } {
  const expiries: number[] = [];
  clock.start!(() => expiries.push(performance.now()));
  return { expiries };
}

describe('a clock', () => {
  test('expires once', async () => {
    const { expiries } = started(new Clock(5));
    await wait(30);
    expect(expiries).toHaveLength(1);
  });

  test('counts from its making, or from a given time', async () => {
    const late = started(new Clock(5000, performance.now() - 5000));
    expect(late.expiries).toEqual([]);
    await wait(20);
    expect(late.expiries).toHaveLength(1);
  });

  test('restarts when it is set, any number of times', async () => {
    const clock = new Clock(5);
    const { expiries } = started(clock);
    clock.set(5000);
    await wait(20);
    expect([expiries, clock.timeout]).toEqual([[], 5000]);
    clock.set(5);
    await wait(30);
    expect(expiries).toHaveLength(1);
  });

  test('that was set before it starts counts from then', async () => {
    const clock = new Clock(5);
    expect(clock.wasSet).toBe(false);
    clock.set(5000);
    expect(clock.wasSet).toBe(true);
    const { expiries } = started(clock);
    await wait(20);
    expect(expiries).toEqual([]);
    clock.stop();
  });

  test('never expires once stopped, even if it is set', async () => {
    const clock = new Clock(5);
    const { expiries } = started(clock);
    clock.stop();
    clock.set(1);
    await wait(20);
    expect(expiries).toEqual([]);
    clock.stop();
  });

  test('of Infinity never expires, unless it is set', async () => {
    const clock = new Clock(Number.POSITIVE_INFINITY);
    const { expiries } = started(clock);
    await wait(10);
    expect([expiries, clock.isOver]).toEqual([[], false]);
    clock.set(1);
    await wait(20);
    expect(expiries).toHaveLength(1);
  });

  test('knows that time is up though the thread was busy', () => {
    const clock = new Clock(5, performance.now() - 6);
    expect(clock.isOver).toBe(true);
    clock.set(5000);
    expect(clock.isOver).toBe(false);
    expect(new Clock(5000).isOver).toBe(false);
  });

  test('sets timers of whole milliseconds, so that Node cuts nothing off', () => {
    const set = jest.spyOn(processState.real, 'setTimeout');
    const clock = new Clock(5000, performance.now() - 0.25);
    clock.start(() => {});
    clock.set(1000.5);
    clock.stop();
    const delays = set.mock.calls.map(([, ms]) => ms!);
    set.mockRestore();
    expect(delays.map(Number.isInteger)).toEqual([true, true]);
    expect(delays[0]).toBeLessThanOrEqual(5000);
    expect(delays[1]).toBeLessThanOrEqual(1001);
  });

  test('runs in real time', async () => {
    jest.useFakeTimers();
    const { expiries } = started(new Clock(5));
    jest.advanceTimersByTime(100);
    expect(expiries).toEqual([]);
    jest.useRealTimers();
    await wait(30);
    expect(expiries).toHaveLength(1);
  });
});

describe('a clock that follows another one', () => {
  test("has the leader's limit, else its own", () => {
    expect(new FollowingClock({ set() {}, timeout: 7 }, 5).timeout).toBe(7);
    expect(new FollowingClock({ set() {} }, 5).timeout).toBe(5);
  });

  test('passes a new limit on, and reads the limit again', () => {
    const calls: unknown[] = [];
    const leader = { timeout: 1, set: (ms: number) => calls.push(ms), stop: () => calls.push('stop') };
    const clock = new FollowingClock(leader, 5);
    leader.timeout = 9;
    clock.set(3);
    clock.stop();
    expect([clock.timeout, calls]).toEqual([9, [3, 'stop']]);
  });

  test('keeps the limit it is set to where the leader has none', () => {
    const clock = new FollowingClock({ set() {} }, 5);
    clock.set(3);
    expect(clock.timeout).toBe(3);
  });
});

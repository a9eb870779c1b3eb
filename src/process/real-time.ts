import { worker } from './store';

/**
 * The real clock, taken once when the package loads: fake timers and patched globals never reach it.
 */
const { setTimeout, clearTimeout, setImmediate, performance } = globalThis;

/** Milliseconds on a clock that never goes back. */
export const now: () => number = performance.now.bind(performance);

/** A timer of Node, or its number. */
export type TimerHandle = ReturnType<typeof setTimeout>;

/** Node fires a timer with a longer delay after 1 ms. */
export const LONGEST_DELAY = 2 ** 31 - 1;

/** Calls `fn` once, `ms` real milliseconds from now. */
export function after(ms: number, fn: () => void): TimerHandle {
  return setTimeout(fn, Math.min(ms, LONGEST_DELAY));
}

/** Takes a timer back. */
export function cancel(timer: TimerHandle): void {
  clearTimeout(timer);
}

/** A turn of Node's event loop, in which what is due can happen. */
export function turn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}

/** Calls `fn` in `ms` real milliseconds, however many those are; 0 is the next turn. Gives what takes it back. */
export function delay(ms: number, fn: () => void): () => void {
  const { real } = worker;
  if (ms === 0) {
    const turn = real.setImmediate(fn);
    return () => real.clearImmediate(turn);
  }
  if (ms <= LONGEST_DELAY) {
    const timer = real.setTimeout(fn, ms);
    return () => real.clearTimeout(timer);
  }
  let stop = (): void => {};
  const wait = (left: number): void => {
    if (left <= LONGEST_DELAY) {
      stop = delay(left, fn);
      return;
    }
    const timer = real.setTimeout(() => wait(left - LONGEST_DELAY), LONGEST_DELAY);
    stop = () => real.clearTimeout(timer);
  };
  wait(ms);
  return () => stop();
}

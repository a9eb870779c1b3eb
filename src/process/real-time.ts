import { processState } from './process-state';
import { LONGEST_DELAY } from './real-timers';

/*
 * The real clock and timers are captured once per process: fake timers and patched globals never affect them, and a
 * sandbox need not have any.
 */

/** Milliseconds on a monotonic clock. */
export function now(): number {
  return processState.real.now();
}

/** A timer of Node, or a window's number. */
export type TimerHandle = ReturnType<typeof setTimeout>;

/** Calls `fn` once, `ms` real milliseconds from now. */
export function after(ms: number, fn: () => void): TimerHandle {
  return processState.real.setTimeout(fn, Math.min(ms, LONGEST_DELAY));
}

/** Clears a timer. */
export function cancel(timer: TimerHandle): void {
  processState.real.clearTimeout(timer);
}

/**
 * Calls `fn` when code has had `ms` to end. Returns a function that cancels it. It takes two halves: when a machine has
 * stalled for longer than `ms`, all timers are due, and code that then waits for a moment still has the second half.
 */
export function afterGrace(ms: number, fn: () => void): () => void {
  let timer = after(ms / 2, () => {
    timer = after(ms / 2, fn);
  });
  return () => cancel(timer);
}

/** Waits for one turn of Node's event loop. */
export function turn(): Promise<void> {
  return new Promise(resolve => processState.real.setImmediate(resolve));
}

/** Calls `fn` in any number of real milliseconds; 0 is the next turn. Returns a function that cancels it. */
export function delay(ms: number, fn: () => void): () => void {
  const { real } = processState;
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

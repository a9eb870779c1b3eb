/**
 * The real clock, taken once when the package loads: fake timers and patched globals never reach it.
 */
const { setTimeout, clearTimeout, setImmediate, performance } = globalThis;

/** Milliseconds on a clock that never goes back. */
export const now: () => number = performance.now.bind(performance);

/** A timer of Node, or its number. */
export type TimerHandle = ReturnType<typeof setTimeout>;

/** Node clamps a longer delay to 1 ms. */
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

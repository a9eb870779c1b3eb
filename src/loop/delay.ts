import { worker } from './store';

/** Node fires a timer with a longer delay at once. */
export const LONGEST_DELAY = 2 ** 31 - 1;

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

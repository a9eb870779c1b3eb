import * as nodeTimers from 'node:timers';
import * as timersPromises from 'node:timers/promises';

/** The real timers, unaffected by fake timers and by the timers of Loops. */
export interface RealTimers {
  readonly setTimeout: typeof setTimeout;
  readonly clearTimeout: typeof clearTimeout;
  readonly setInterval: typeof setInterval;
  readonly clearInterval: typeof clearInterval;
  readonly setImmediate: typeof setImmediate;
  readonly clearImmediate: typeof clearImmediate;
  readonly queueMicrotask: typeof queueMicrotask;
  /** From `node:timers/promises`, where a later copy of this package finds replacements. */
  readonly promises: Pick<typeof timersPromises, 'setTimeout' | 'setImmediate' | 'setInterval'> & {
    readonly wait: typeof timersPromises.scheduler.wait;
  };
  /** Milliseconds on a monotonic clock. */
  now(): number;
}

/** Node fires a timer with a longer delay after 1 ms. */
export const LONGEST_DELAY = 2 ** 31 - 1;

/** Node's current timers. */
export function captureRealTimers(): RealTimers {
  // A browser's window lacks some of them.
  const { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate } =
    globalThis.setImmediate === undefined ? nodeTimers : globalThis;
  return {
    setTimeout,
    clearTimeout,
    setInterval,
    clearInterval,
    setImmediate,
    clearImmediate,
    queueMicrotask: globalThis.queueMicrotask,
    promises: {
      setTimeout: timersPromises.setTimeout,
      setImmediate: timersPromises.setImmediate,
      setInterval: timersPromises.setInterval,
      wait: timersPromises.scheduler.wait.bind(timersPromises.scheduler),
    },
    now: performance.now.bind(performance),
  };
}

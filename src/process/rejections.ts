import { turn } from './real-time';

/** The part of `process` that is used here. */
export interface Ticking {
  nextTick(callback: () => void): void;
  _tickCallback?(): void;
}

/** Node's function that runs all ticks. With `--pending-deprecation` there is another one, which warns. */
const RUN_TICKS = 'runNextTicks';

/**
 * Resolves when Node has reported the promises that were rejected so far and that nothing handles. It does so at the
 * end of each turn of the event loop, once all ticks and microtasks have run. Where Node has the function that does it,
 * no turn is needed. A turn is dear: timers fire in it, and one of Jest's reporter is then set anew, so that a run of one
 * small file ends 100 ms later.
 * https://nodejs.org/api/deprecations.html#dep0134-process_tickcallback
 */
export function rejectionsReported(target: Ticking = process): Promise<void> {
  const { _tickCallback: runTicks } = target;
  if (runTicks?.name !== RUN_TICKS) return turn();
  return new Promise(resolve => {
    // Called when all microtasks have run.
    target.nextTick(() => {
      try {
        runTicks();
      } finally {
        // What a tick throws is an uncaught exception, as ever.
        resolve();
      }
    });
  });
}

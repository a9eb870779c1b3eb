import { processState } from '../../process/process-state';
import type { WorkOwner } from '../steps/pending-work';

/** Forgets ended timers: cleared by number, or by a reference to Node's own function. */
export function sweepEnded(loop: WorkOwner): void {
  for (const work of loop.pending) if (!work.alive) loop.pending.delete(work);
  loop.sweepAt = Math.max(512, loop.pending.size * 2);
}

const due = new Set<WorkOwner>();

/**
 * Ends the pending work of code that was given up, once for all code given up at a time. Until then that work does
 * nothing either.
 */
export function sweepGivenUp(loop: WorkOwner): void {
  if (due.has(loop)) return;
  due.add(loop);
  processState.real.setImmediate(() => {
    due.delete(loop);
    for (const work of [...loop.pending]) {
      if (!work.step?.givenUp) continue;
      // Its own cleanup may run as long as it does not wait.
      if (work.kind === 'task') work.cancel('what started it was given up');
      else work.drop();
    }
  });
}

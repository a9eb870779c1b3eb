import { worker } from '../../process/store';
import type { WorkOwner } from '../steps/pending-work';

/** Forgets timers that are over: cleared by number, or by a reference to Node's own function. */
export function sweepOver(loop: WorkOwner): void {
  for (const item of loop.items) if (!item.alive) loop.items.delete(item);
  loop.sweepAt = Math.max(512, loop.items.size * 2);
}

const due = new Set<WorkOwner>();

/**
 * Ends what was started by code that has been given up; once for all that is given up at a time. Until then nothing of
 * it does anything either.
 */
export function sweepGivenUp(loop: WorkOwner): void {
  if (due.has(loop)) return;
  due.add(loop);
  worker.real.setImmediate(() => {
    due.delete(loop);
    for (const item of [...loop.items]) {
      if (!item.step?.givenUp) continue;
      // Its own clean-up may run, as far as it waits for nothing.
      if (item.kind === 'task') item.cancel('what started it was given up');
      else item.drop();
    }
  });
}

import type { Loop } from '../loop';
import { cancelTask } from '../loop/close';
import { CancelledError } from '../loop/steps/cancellation';
import type { PendingWork } from '../loop/steps/pending-work';
import * as promises from '../node/promise';

/** Ends what shared fixtures have left in a Loop of another owner: nothing outlives its scope. */
export async function leaveLoop(loop: Loop): Promise<void> {
  const reason = new CancelledError(`Cancelled: the fixtures in Loop "${loop.name}" are down`);
  const tasks = loop.tasks().filter(isOfFixture);
  await promises.all(tasks.map(task => cancelTask(loop, task, reason)));
  for (const work of [...loop.pending]) if (isOfFixture(work)) work.cancel(reason);
}

function isOfFixture({ step }: Pick<PendingWork, 'step'>): boolean {
  return (step?.owner as { readonly outside?: boolean } | undefined)?.outside === true;
}

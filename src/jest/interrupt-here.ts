import { worker } from '../loop/store';
import type { WorkerSide } from './worker-side';

/** Ends what runs in this process: of its test file, and the set-ups of what outlives it. */
export function interruptHere(): void {
  for (const each of [...worker.interrupts]) each();
  (worker.workerSide as WorkerSide | undefined)?.interrupt();
}

import { worker } from '../../process/store';
import type { Guard } from '../../timeouts/guard';

/** The functions that wait for a promise under a time limit; known while backends are in use. */
export function guardsWaiting(): Guard[] {
  return [...((worker.awaiting as unknown as Iterable<Guard> | undefined) ?? [])];
}

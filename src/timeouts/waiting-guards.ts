import { processState } from '../process/process-state';
import type { Guard } from './guard';

/** The functions that wait for a promise under a time limit; known while backends are in use. */
export function waitingGuards(): Guard[] {
  return [...((processState.awaiting as unknown as Iterable<Guard> | undefined) ?? [])];
}

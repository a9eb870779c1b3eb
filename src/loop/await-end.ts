import { processState } from '../process/process-state';
import type { StepLoop } from './steps/step';

/** Waits for work of these Loops that is being ended: no function of the user's waits for it, yet their time has to move. */
export async function awaitEnd<T>(loops: Iterable<StepLoop>, end: Promise<T>): Promise<T> {
  const { awaiting } = processState;
  if (awaiting === undefined) return await end;
  const waiting = { loops, timers: 0 };
  awaiting.add(waiting);
  try {
    return await end;
  } finally {
    awaiting.delete(waiting);
  }
}

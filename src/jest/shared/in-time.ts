import * as promises from '../../node/promise';
import { after, cancel } from '../../process/real-time';

/** How long in ms to wait for another process, which may be blocked. */
const PATIENCE = 1000;

/** The answer of another process, or `otherwise` where it does not come in time. */
export async function inTime<T>(answer: Promise<T>, otherwise: T): Promise<T> {
  let timer: ReturnType<typeof after> | undefined;
  const late = new Promise<T>(resolve => {
    timer = after(PATIENCE, () => resolve(otherwise));
  });
  try {
    return await promises.race([answer, late]);
  } finally {
    if (timer !== undefined) cancel(timer);
  }
}

import * as promises from '../node/promise';
import { after, cancel } from '../process/real-time';

/** Whether all settle within `ms` milliseconds. Never rejects. */
export function settledWithin(pending: readonly Promise<unknown>[], ms: number): Promise<boolean> {
  if (pending.length === 0) return promises.resolve(true);
  return new Promise(resolve => {
    const timer = ms === Number.POSITIVE_INFINITY ? undefined : after(ms, () => resolve(false));
    void promises.allSettled(pending).then(() => {
      if (timer !== undefined) cancel(timer);
      resolve(true);
    });
  });
}

import * as promises from '../node/promise';
import { after, cancel } from './clock';

/**
 * The promise's own outcome, or a rejection with `expired()` after `ms` milliseconds. The work itself is not
 * stopped by this; whoever sets a limit aborts its signal in `expired`, and looks after a late outcome.
 */
export function withLimit<T>(work: PromiseLike<T>, ms: number, expired: () => unknown): Promise<T> {
  if (ms === Number.POSITIVE_INFINITY) return promises.resolve(work);
  return new Promise<T>((resolve, reject) => {
    const timer = after(ms, () => reject(expired()));
    work.then(
      value => {
        cancel(timer);
        resolve(value);
      },
      error => {
        cancel(timer);
        reject(error);
      },
    );
  });
}

/** Whether a value can be awaited; realm-proof. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
    typeof (value as { then?: unknown }).then === 'function'
  );
}

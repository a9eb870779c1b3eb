import { after, cancel } from '../process/real-time';

/** The promise's own outcome, or a rejection after some ms. */
export function within<T>(promise: Promise<T>, ms: number, expired: () => Error): Promise<T> {
  if (ms === Number.POSITIVE_INFINITY) return promise;
  return new Promise((resolve, reject) => {
    const timer = after(ms, () => reject(expired()));
    const settled = (): void => cancel(timer);
    promise.then(resolve, reject).then(settled, settled);
  });
}

/** Whether a value can be awaited. Asks for its `then` once, which may throw. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return false;
  return typeof (value as { then?: unknown }).then === 'function';
}

/** As `await` would have it, whatever kind of thenable it is. */
export function toPromise<T>(value: T | PromiseLike<T>): Promise<Awaited<T>> {
  return new Promise(resolve => resolve(value as Awaited<T>));
}

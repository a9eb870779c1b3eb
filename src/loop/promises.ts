import { types } from '../node/util';

/** Whether a value is thenable. Reads its `then` once, which may throw. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return false;
  return typeof (value as { then?: unknown }).then === 'function';
}

/** Any thenable as a promise, as `await` treats it. */
export function toPromise<T>(value: T | PromiseLike<T>): Promise<Awaited<T>> {
  return new Promise(resolve => resolve(value as Awaited<T>));
}

/** Calls `fn`, and `left` when it ends or its promise settles. Returns the result of `fn`. */
export function following<T>(fn: () => T, left: () => void): T {
  let result: T;
  try {
    result = fn();
  } catch (error) {
    left();
    throw error;
  }
  if (!isPlainPromise(result)) {
    left();
    return result;
  }
  // Not the promise itself: our handler would hide its rejection.
  const followed = result.then(
    value => {
      left();
      return value;
    },
    error => {
      left();
      throw error;
    },
  );
  return followed as T;
}

/** Whether another promise can replace it. A thenable may only start when its `then` is called (a query). */
function isPlainPromise(value: unknown): value is Promise<unknown> {
  if (!types.isPromise(value) || Object.keys(value).length > 0) return false;
  const prototype = Object.getPrototypeOf(value) as object | null;
  return Object.hasOwn(prototype ?? {}, Symbol.toStringTag);
}

import { types } from '../node/util';

/** Whether a value can be awaited. Asks for its `then` once, which may throw. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return false;
  return typeof (value as { then?: unknown }).then === 'function';
}

/** As `await` would have it, whatever kind of thenable it is. */
export function toPromise<T>(value: T | PromiseLike<T>): Promise<Awaited<T>> {
  return new Promise(resolve => resolve(value as Awaited<T>));
}

/** Calls `fn`, and `left` when it is over: for a promise, when that settles. Gives what it returns. */
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
  // Not the promise itself: with a handler of ours nobody would hear of its rejection.
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

/** Whether another promise can stand for it. A thenable may begin when it is asked (a query), so it is not. */
function isPlainPromise(value: unknown): value is Promise<unknown> {
  if (!types.isPromise(value) || Object.keys(value).length > 0) return false;
  const prototype = Object.getPrototypeOf(value) as object | null;
  return Object.hasOwn(prototype ?? {}, Symbol.toStringTag);
}

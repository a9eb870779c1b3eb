import { AsyncLocalStorage } from '../node/async-hooks';

/** An AsyncLocalStorage of the user, whatever it holds. */
export type Storage = AsyncLocalStorage<unknown>;

// As they were when this was loaded: what is re-applied is nobody's doing, so nobody is told. A subclass that changes
// values on their way in (tracers do) gets back exactly what lay in the context.
const { enterWith, getStore } = AsyncLocalStorage.prototype;

/** Enters a value for all that follows in the current context. */
export function enter(storage: Storage, value: unknown): void {
  enterWith.call(storage, value);
}

/** What a storage holds in the current context. */
export function valueIn(storage: Storage): unknown {
  return getStore.call(storage);
}

/**
 * What a storage held where a promise was made, as `{ value }`; undefined where it held nothing or that is not known.
 * Where async hooks carry the context, it lies in the promise itself, under a symbol of each storage, or (by now) in an
 * object there. AsyncContextFrames, the default since Node 24, are not to be seen, nor is there any need to.
 * https://github.com/nodejs/node/blob/v22.x/lib/internal/async_local_storage/async_hooks.js
 */
export function valueAtBirth(promise: object, storage: Storage): { readonly value: unknown } | undefined {
  const key = keyOf(storage);
  if (key === undefined) return undefined;
  const symbols: unknown[] = Object.getOwnPropertySymbols(promise).map(symbol =>
    Reflect.get(promise, symbol),
  );
  for (const holder of [promise, ...symbols]) {
    if (typeof holder === 'object' && holder !== null && key in holder) {
      return { value: (holder as Record<symbol, unknown>)[key] };
    }
  }
  return undefined;
}

/** Whether promises hold the context that they were made in. */
export const promisesHoldContext = keyOf(new AsyncLocalStorage()) !== undefined;

function keyOf(storage: Storage): symbol | undefined {
  return (storage as unknown as { readonly kResourceStore?: symbol }).kResourceStore;
}

import { AsyncLocalStorage } from '../node/async-hooks';
import { processState } from '../process/process-state';

/** An AsyncLocalStorage of the user's. */
export type Storage = AsyncLocalStorage<unknown>;

// The originals, from when this was loaded: entering a value again is no news to those who watch. A subclass that
// changes values on their way in (tracers do) gets back exactly what lay in the context.
const { enterWith, getStore } = AsyncLocalStorage.prototype;

/** Enters a value for everything that follows in the current context. */
export function enter(storage: Storage, value: unknown): void {
  enterWith.call(storage, value);
}

/**
 * From now on promises have a context. Where async hooks carry it, they have none until an AsyncLocalStorage is in use, and
 * take over that of the code which runs when they settle: Jest's own promises, that of a test file which is long over.
 */
export function trackContexts(): void {
  enter(processState.steps as Storage, undefined);
}

/** The value of a storage in the current context. */
export function valueIn(storage: Storage): unknown {
  return getStore.call(storage);
}

/**
 * The value of a storage where a promise was made; undefined where it had none or that is unknown.
 * Where async hooks carry the context, it lies in the promise itself, under a symbol for each storage, or (in newer
 * versions) in an object there. AsyncContextFrames, the default since Node 24, are invisible, but there is no need to
 * see them.
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

import { executionAsyncResource } from '../node/async-hooks';
import { promiseHooks } from '../node/v8';
import { promisesHoldContext } from './storage';

/** How a promise settles. */
export interface Settling {
  /** A job of its own settles the promise: later than the code that resolved it, and in another context. */
  readonly inJob: boolean;
  /** The promise that it was resolved with, if known. */
  readonly returned: object | undefined;
}

type Listener = (settling: Settling) => void;

interface Followed extends Settling {
  readonly listeners: Set<Listener>;
  inJob: boolean;
  returned: object | undefined;
}

const followed = new Map<object, Followed>();
/** Removes the hooks. They cost every promise of the process a little, so they exist only while one is followed. */
let stopHooks: (() => void) | undefined;

/** Calls `listener` as a promise of any realm settles, in that very context. Returns the function that stops this. */
export function whenSettling(promise: object, listener: Listener): () => void {
  const entry = followed.get(promise) ?? { listeners: new Set(), inJob: false, returned: undefined };
  followed.set(promise, entry);
  entry.listeners.add(listener);
  stopHooks ??= promiseHooks.createHook(
    promisesHoldContext ? { init, before, settled } : { settled },
  ) as () => void;
  return () => {
    entry.listeners.delete(listener);
    if (entry.listeners.size === 0 && followed.get(promise) === entry) followed.delete(promise);
    if (followed.size > 0) return;
    // Not when the last promise settles: that is inside a hook, while Node walks the list of hooks.
    stopHooks?.();
    stopHooks = undefined;
  };
}

/**
 * `return pending` in an async function, or `resolve(pending)`. Where promises hold their context, a job settles the
 * outer promise, in the context in which the function was *called*. The job calls `pending.then`, which makes a third
 * promise with `pending` as its parent: that reveals it.
 */
function init(_promise: object, parent: object | undefined): void {
  const entry = parent && followed.get(executionAsyncResource());
  if (entry) entry.returned = parent;
}

function before(promise: object): void {
  const entry = followed.get(promise);
  if (entry) entry.inJob = true;
}

function settled(promise: object): void {
  const entry = followed.get(promise);
  if (entry === undefined) return;
  followed.delete(promise);
  for (const listener of entry.listeners) listener(entry);
}

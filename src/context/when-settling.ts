import { executionAsyncResource } from '../node/async-hooks';
import { promiseHooks } from '../node/v8';
import { promisesHoldContext } from './storage';

/** How a promise settles. */
export interface Settling {
  /** A job of the promise's own settles it, later than, and not in the context of, whoever resolved it. */
  readonly inJob: boolean;
  /** The promise that it was resolved with; undefined where it is not known. */
  readonly returned: object | undefined;
}

type Listener = (settling: Settling) => void;

interface Followed extends Settling {
  readonly listeners: Set<Listener>;
  inJob: boolean;
  returned: object | undefined;
}

const followed = new Map<object, Followed>();
/** Ends the hooks. They cost every promise of the process a little, so there are none while nobody follows one. */
let stopHooks: (() => void) | undefined;

/** Calls as a promise settles, of whatever realm; in the very context of it. What this returns has to be called. */
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
    // Not as soon as the last one settles: that is within a hook, and the list of hooks is being walked.
    stopHooks?.();
    stopHooks = undefined;
  };
}

/**
 * `return pending` in an async function, or `resolve(pending)`: where promises hold their context, one that was
 * resolved with another one is settled by a job that runs in the context in which the function was *called*. There
 * its `then` is called, which makes a third promise, with the other one as its parent: so that one gets known.
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

import { currentStep } from '../loop/steps/step';
import { AsyncLocalStorage } from '../node/async-hooks';
import { types } from '../node/util';
import { processState } from '../process/process-state';
import type { Storage } from './storage';

type Method = (this: Storage, ...args: unknown[]) => unknown;

/** How many callers watch. */
let watching = 0;
/** A step is being notified: values that it enters meanwhile do not count. */
let isNotifying = false;
/** Restores the methods; undefined where they are not replaced. */
let restore: (() => boolean) | undefined;
/** The promises that `als.run(…)` returned in a watching step, with the storages. */
const ranIn = new WeakMap<object, Set<Storage>>();

/**
 * Notifies each step with a `touched` callback before any AsyncLocalStorage is entered in it. Test files may overlap, so
 * this ends when the last caller ends it.
 */
export function watchContext(): () => void {
  watching++;
  restore ??= replaceMethods();
  let over = false;
  return () => {
    if (over) return;
    over = true;
    watching--;
    if (watching === 0 && restore!()) restore = undefined;
  };
}

/** The storages whose `run` returned this very promise: it alone settles inside them. */
export function storagesAround(promise: object): ReadonlySet<Storage> | undefined {
  return ranIn.get(promise);
}

/** Every way in (also `withScope` and, on newer Nodes, `exit`) goes through these two methods. */
function replaceMethods(): () => boolean {
  const methods = AsyncLocalStorage.prototype as unknown as { enterWith: Method; run: Method };
  const { enterWith, run } = methods;
  const ours = {
    enterWith(this: Storage, store: unknown): unknown {
      notify(this);
      return enterWith.call(this, store);
    },
    run(this: Storage, store: unknown, callback: unknown, ...args: unknown[]): unknown {
      const watched = notify(this);
      const result = run.call(this, store, callback, ...args);
      if (watched && types.isPromise(result)) cameOutOf(result, this);
      return result;
    },
  };
  Object.assign(methods, ours);
  return () => {
    // A tracer that patched over these still calls them: they stay, and only pass calls on.
    if (methods.enterWith !== ours.enterWith || methods.run !== ours.run) return false;
    Object.assign(methods, { enterWith, run });
    return true;
  };
}

/** Whether a watching step was notified. */
function notify(storage: Storage): boolean {
  if (watching === 0 || isNotifying || storage === (processState.steps as unknown)) return false;
  isNotifying = true;
  try {
    const touched = currentStep()?.touched;
    touched?.(storage);
    return touched !== undefined;
  } finally {
    isNotifying = false;
  }
}

function cameOutOf(promise: object, storage: Storage): void {
  const storages = ranIn.get(promise);
  if (storages === undefined) ranIn.set(promise, new Set([storage]));
  else storages.add(storage);
}

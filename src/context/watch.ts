import { currentStep } from '../loop/steps/step';
import { AsyncLocalStorage } from '../node/async-hooks';
import { types } from '../node/util';
import { worker } from '../process/store';
import type { Storage } from './storage';

type Method = (this: Storage, ...args: unknown[]) => unknown;

/** How many watch. */
let watching = 0;
/** While a step is told: what it does then is not told. */
let telling = false;
/** Takes the methods out again; undefined where none are in place. */
let takeOut: (() => boolean) | undefined;
/** The promises that `als.run(…)` returned while somebody wanted to know, and the storages they came out of. */
const ranIn = new WeakMap<object, Set<Storage>>();

/**
 * From now on each step that wants to know is told of every AsyncLocalStorage that is entered in it, before that
 * happens. Files may overlap: it ends with the last one's end.
 */
export function watchContext(): () => void {
  watching++;
  takeOut ??= putInPlace();
  let over = false;
  return () => {
    if (over) return;
    over = true;
    watching--;
    if (watching === 0 && takeOut!()) takeOut = undefined;
  };
}

/** The storages whose `run` returned this very promise: it settles inside of them, and nothing else does. */
export function storagesAround(promise: object): ReadonlySet<Storage> | undefined {
  return ranIn.get(promise);
}

/** Every way in (`withScope` and, on newer Nodes, `exit` as well) goes through these two. */
function putInPlace(): () => boolean {
  const methods = AsyncLocalStorage.prototype as unknown as { enterWith: Method; run: Method };
  const { enterWith, run } = methods;
  const ours = {
    enterWith(this: Storage, store: unknown): unknown {
      tell(this);
      return enterWith.call(this, store);
    },
    run(this: Storage, store: unknown, callback: unknown, ...args: unknown[]): unknown {
      const told = tell(this);
      const result = run.call(this, store, callback, ...args);
      if (told && types.isPromise(result)) cameOutOf(result, this);
      return result;
    },
  };
  Object.assign(methods, ours);
  return () => {
    // Whoever has patched over these (a tracer) calls them still: they stay, and only pass on.
    if (methods.enterWith !== ours.enterWith || methods.run !== ours.run) return false;
    Object.assign(methods, { enterWith, run });
    return true;
  };
}

/** Whether there was a step to tell. */
function tell(storage: Storage): boolean {
  if (watching === 0 || telling || storage === (worker.steps as unknown)) return false;
  telling = true;
  try {
    const touched = currentStep()?.touched;
    touched?.(storage);
    return touched !== undefined;
  } finally {
    telling = false;
  }
}

function cameOutOf(promise: object, storage: Storage): void {
  const storages = ranIn.get(promise);
  if (storages === undefined) ranIn.set(promise, new Set([storage]));
  else storages.add(storage);
}

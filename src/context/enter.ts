import type { Step } from '../loop/steps/step';
import { AsyncResource } from '../node/async-hooks';
import { worker } from '../process/store';
import { enter, type Storage } from './storage';

/** What is to be found in which AsyncLocalStorage; where one is named twice, the later value counts. */
export type ContextValues = readonly (readonly [Storage, unknown])[];

const MANUAL = { requireManualDestroy: true };

/**
 * Calls `fn` in a step, with values in their AsyncLocalStorages. What the caller's context has besides them is seen
 * in it; nothing that `fn` enters is seen by the caller, not even what it enters before its first `await`.
 *
 * `steps.run()` would not do: on no Node does it undo what is entered in another storage meanwhile. An AsyncResource
 * has a context of its own on all of them, and costs little more than `run()`.
 */
export function enterIsolated<T>(step: Step, values: ContextValues, fn: () => T): T {
  const scope = new AsyncResource('jest-loop', MANUAL);
  try {
    return scope.runInAsyncScope(asyncJestTest<T>, undefined, step, values, fn);
  } finally {
    // Else `--detectOpenHandles` takes it for an open handle.
    scope.emitDestroy();
  }
}

/**
 * Named as `--detectOpenHandles` wants it: a handle is somebody's if this name, or one of circus' functions that call
 * tests and hooks, is on the stack of what opens it; and those are gone when a body runs after the set-up of its
 * fixtures, or outside of the tests.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-core/src/collectHandles.ts#L18-L38
 */
function asyncJestTest<T>(step: Step, values: ContextValues, fn: () => T): T {
  // The step last: what is entered here is not the step's own doing.
  for (const [storage, value] of values) enter(storage, value);
  enter(worker.steps as Storage, step.carried);
  return fn();
}

/** The same for a function that is called as it stands: each frame between makes a stack dearer to take. */
export function callIsolated(step: Step, values: ContextValues, fn: () => unknown, self: unknown): unknown {
  const scope = new AsyncResource('jest-loop', MANUAL);
  try {
    return scope.runInAsyncScope(asyncJestTestAsIs, self, step, values, fn);
  } finally {
    scope.emitDestroy();
  }
}

function asyncJestTestAsIs(this: unknown, step: Step, values: ContextValues, fn: () => unknown): unknown {
  for (const [storage, value] of values) enter(storage, value);
  enter(worker.steps as Storage, step.carried);
  return fn.call(this);
}

import type { Step } from '../loop/steps/step';
import { AsyncResource } from '../node/async-hooks';
import { processState } from '../process/process-state';
import { enter, type Storage } from './storage';

/** Values of AsyncLocalStorages; where one is listed twice, the later value counts. */
export type ContextValues = readonly (readonly [Storage, unknown])[];

const MANUAL = { requireManualDestroy: true };

/**
 * Calls `fn` in a step, with values in their AsyncLocalStorages. `fn` also sees the rest of the caller's context; the
 * caller sees nothing that `fn` enters, not even before its first `await`.
 *
 * `steps.run()` is not enough: on no Node does it undo what is entered meanwhile in another storage. An AsyncResource
 * has its own context on every Node, and costs little more than `run()`.
 */
export function enterIsolated<T>(step: Step, values: ContextValues, fn: () => T): T {
  const scope = new AsyncResource('jest-loop', MANUAL);
  try {
    return scope.runInAsyncScope(asyncJestTest<T>, undefined, step, values, fn);
  } finally {
    // Otherwise `--detectOpenHandles` takes it for an open handle.
    scope.emitDestroy();
  }
}

/**
 * `--detectOpenHandles` looks for this name: it reports a handle if this function, or one of circus' that call tests and
 * hooks, is on the stack that opens it. Those of circus are gone when a body runs after the set-up of its fixtures, or
 * outside the tests.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-core/src/collectHandles.ts#L18-L38
 */
function asyncJestTest<T>(step: Step, values: ContextValues, fn: () => T): T {
  // The step comes last: the values that are entered here are not its own.
  for (const [storage, value] of values) enter(storage, value);
  enter(processState.steps as Storage, step.carried);
  return fn();
}

/** The same without a closure: each frame in between makes it slower to capture a stack. */
export function callIsolated(
  step: Step,
  values: ContextValues,
  fn: (...args: unknown[]) => unknown,
  self: unknown,
  args: readonly unknown[],
): unknown {
  const scope = new AsyncResource('jest-loop', MANUAL);
  try {
    return scope.runInAsyncScope(asyncJestTestDirect, self, step, values, fn, args);
  } finally {
    scope.emitDestroy();
  }
}

function asyncJestTestDirect(
  this: unknown,
  step: Step,
  values: ContextValues,
  fn: (...args: unknown[]) => unknown,
  args: readonly unknown[],
): unknown {
  for (const [storage, value] of values) enter(storage, value);
  enter(processState.steps as Storage, step.carried);
  return fn.apply(this, args as unknown[]);
}

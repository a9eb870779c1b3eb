import type TestRunner from 'jest-runner';
import { requireJest } from '../process/jest-packages';

/** Where our runner has the one that it extends. */
export const EXTENDED = Symbol.for('jest-loop.runner');

type RunnerClass = typeof TestRunner;

/**
 * Jest's own runner, even where ours has replaced it: `jest-loop/global-setup` and `jest-loop/runner` each have a copy of
 * ours, and one that extended the other would end each run twice.
 */
export function jestRunner(): RunnerClass {
  const { default: found } = requireJest('jest-runner') as {
    readonly default: RunnerClass & { readonly [EXTENDED]?: RunnerClass };
  };
  return found[EXTENDED] ?? found;
}

/** Whether it is our runner, in any copy. */
export function isOurs(runner: object): boolean {
  return Object.hasOwn(runner, EXTENDED);
}

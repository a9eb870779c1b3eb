import type { Test } from 'jest-runner';
import { factoryInWorkers } from '../../errors/loop/backends';
import { errorOf } from '../../errors/problem';

/** Throws if a configuration has loop factories that its workers would not get. */
export function checkFactories(tests: readonly Test[]): void {
  for (const config of new Set(tests.map(({ context }) => context.config))) {
    const { loop } = config.testEnvironmentOptions as { loop?: { loopFactories?: unknown } };
    for (const [name, factory] of Object.entries(Object(loop?.loopFactories))) {
      if (typeof factory !== 'function') continue;
      const error = errorOf(factoryInWorkers(name, config.rootDir));
      // Jest shows the stack.
      error.stack = error.message;
      throw error;
    }
  }
}

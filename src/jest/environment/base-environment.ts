import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import { errorOf } from '../../errors/problem';
import { noEnvironmentClass } from '../../errors/project/config';
import type { Event, State } from '../file/circus';

/** Handles an event of Jest's. Jest awaits the promise for an asynchronous event. */
export type TestEventHandler = (event: Event, state: State) => void | Promise<void>;

/** The part of a test environment that we build on; Jest's environments have more. */
export interface BaseEnvironment {
  global: object;
  fakeTimers?: { useRealTimers(): void } | null;
  setup(): Promise<void>;
  teardown(): Promise<void>;
  handleTestEvent?(event: Event, state: State): void | Promise<void>;
}

/** A class of such environments, as Jest constructs them. */
export type Base = new (config: JestEnvironmentConfig, context: EnvironmentContext) => BaseEnvironment;

/** Marks a class that is a loop environment, whichever copy of this package made it. */
export const LOOPED = Symbol.for('jest-loop.environment');

/** The given class, or the one that the given module exports. */
export function baseOf(given: unknown): Base {
  let found = given;
  // `import *` of a CommonJS module compiled from an ES module has a `default` inside its `default`.
  for (let depth = 0; depth < 3; depth++) {
    if (isClass(found)) return found;
    const { TestEnvironment, default: byDefault } = Object(found) as Record<string, unknown>;
    found = TestEnvironment ?? byDefault;
  }
  throw errorOf(noEnvironmentClass(given));
}

/** Arrow functions and methods cannot be extended. */
function isClass(value: unknown): value is Base {
  if (typeof value !== 'function') return false;
  const { prototype } = value as { prototype?: Partial<BaseEnvironment> };
  // A class compiled to ES5 is a function.
  return /^class\b/.test(Function.prototype.toString.call(value)) || typeof prototype?.setup === 'function';
}

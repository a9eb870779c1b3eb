import type { Context } from 'node:vm';
import type { EnvironmentContext, JestEnvironment, JestEnvironmentConfig } from '@jest/environment';
import type { Circus } from '@jest/types';
import { noEnvironmentClass } from '../../errors/config';
import type { Event, State } from '../file/circus';

/** Gets each event of Jest's; a promise is waited for where the event is an asynchronous one. */
export type TestEventHandler = (event: Event, state: State) => void | Promise<void>;

/** The part of a test environment that is built upon; Jest's own have more. */
export interface BaseEnvironment {
  global: object;
  fakeTimers?: { useRealTimers(): void } | null;
  setup(): Promise<void>;
  teardown(): Promise<void>;
  handleTestEvent?(event: Event, state: State): void | Promise<void>;
}

/** A class of such environments, as Jest makes them. */
export type Base = new (config: JestEnvironmentConfig, context: EnvironmentContext) => BaseEnvironment;

/** Any class of test environments. */
export type EnvironmentClass = new (
  config: JestEnvironmentConfig,
  context: EnvironmentContext,
) => Pick<JestEnvironment, 'setup' | 'teardown'>;

/**
 * Jest's Node environment. Its own package has the type, but a project that installs `jest` alone cannot always import
 * that.
 */
export interface NodeEnvironment extends JestEnvironment<NodeTimer> {
  context: Context | null;
  customExportConditions: string[];
  exportConditions(): string[];
}

/** What the fake timers of the Node environment give. */
export interface NodeTimer {
  readonly id: number;
  ref(): NodeTimer;
  unref(): NodeTimer;
}

/** A class, or a module that exports it. */
export type Given<B> = B | { readonly default: B } | { readonly TestEnvironment: B };

/** What `withLoop` makes of a class: the same, with a `handleTestEvent` that a subclass can call. */
export type LoopEnvironmentClass<B extends EnvironmentClass> = { readonly [K in keyof B]: B[K] } & (new (
  config: JestEnvironmentConfig,
  context: EnvironmentContext,
) => InstanceType<B> & LoopEnvironmentEvents);

/** How Jest tells a loop environment of its events. */
export interface LoopEnvironmentEvents {
  /** An environment of your own that overrides this has to call it. */
  handleTestEvent(event: Circus.Event, state: Circus.State): void | Promise<void>;
}

/** On a class that is a loop environment already; whatever copy of this package made it. */
export const LOOPED = Symbol.for('jest-loop.environment');

/** The class that was given, or that the module has which was given in its place. */
export function baseOf(given: unknown): Base {
  let found = given;
  // `import *` of a CommonJS module that was compiled from an ES module has a `default` in its `default`.
  for (let depth = 0; depth < 3; depth++) {
    if (isClass(found)) return found;
    const { TestEnvironment, default: byDefault } = Object(found) as Record<string, unknown>;
    found = TestEnvironment ?? byDefault;
  }
  const { code, message } = noEnvironmentClass(given);
  throw Object.assign(new Error(message), { code });
}

/** Jest's environments are classes; arrows and methods cannot be extended. */
function isClass(value: unknown): value is Base {
  if (typeof value !== 'function') return false;
  const { prototype } = value as { prototype?: Partial<BaseEnvironment> };
  // Compiled to ES5 it is a function.
  return /^class\b/.test(Function.prototype.toString.call(value)) || typeof prototype?.setup === 'function';
}

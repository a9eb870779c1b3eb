import type { Context } from 'node:vm';
import type { EnvironmentContext, JestEnvironment, JestEnvironmentConfig } from '@jest/environment';
import type { Circus } from '@jest/types';
import { withLoop } from '../jest/environment/with-loop';
import { requireJest } from '../jest/process/jest-packages';

// Here, so that the declarations of users can name them.
declare namespace Environment {
  /** Any class of test environments. See docs/environments.md. */
  type EnvironmentClass = new (
    config: JestEnvironmentConfig,
    context: EnvironmentContext,
  ) => Pick<JestEnvironment, 'setup' | 'teardown'>;

  /** A class, or a module that exports one, as `TestEnvironment` or by default. See docs/environments.md. */
  type Given<B> = B | Record<'default', B> | Record<'TestEnvironment', B>;

  /**
   * Makes a loop environment of any Jest environment: a class that does what `base` does and supports fixtures, Loops and
   * time limits. A file that `testEnvironment` or a `@jest-environment` comment names needs only
   * `module.exports = withLoop(base)`. Throws if `base` is no class. See docs/environments.md.
   *
   * @param base the class, or the module that exports it as `TestEnvironment` or by default
   */
  type WithLoop = <B extends EnvironmentClass>(base: Given<B>) => LoopEnvironmentClass<B>;

  /**
   * The class that `withLoop` returns: like the given one, with a `handleTestEvent` that a subclass can call.
   * See docs/environments.md.
   */
  type LoopEnvironmentClass<B extends EnvironmentClass> = { readonly [K in keyof B]: B[K] } & (new (
    config: JestEnvironmentConfig,
    context: EnvironmentContext,
  ) => InstanceType<B> & LoopEnvironmentEvents);

  /** How a loop environment gets Jest's events. See docs/environments.md. */
  interface LoopEnvironmentEvents {
    /** A subclass that overrides this must call it. */
    handleTestEvent(event: Circus.Event, state: Circus.State): void | Promise<void>;
  }

  /**
   * Jest's Node environment. Its own package has the type, but a project that installs `jest` alone cannot always import
   * that. See docs/environments.md.
   */
  interface NodeEnvironment extends JestEnvironment<NodeTimer> {
    /** The context of `node:vm` that test files run in; `null` after the teardown. */
    context: Context | null;
    /** The conditions for `exports` in `package.json`, from the project's options. */
    customExportConditions: string[];
    /** Gives these conditions to Jest. */
    exportConditions(): string[];
  }

  /** What the fake timers of the Node environment give. See docs/environments.md. */
  interface NodeTimer {
    /** Its number. */
    readonly id: number;
    /** Keeps the process alive while it is pending. */
    ref(): NodeTimer;
    /** Lets the process end while it is pending. */
    unref(): NodeTimer;
  }
}

// A worker loads this before its first test.

const node = requireJest('jest-environment-node') as {
  readonly TestEnvironment: new (
    config: JestEnvironmentConfig,
    context: EnvironmentContext,
  ) => Environment.NodeEnvironment;
};

const makeEnvironment = withLoop as Environment.WithLoop;

/** Jest's Node environment with fixtures, Loops and time limits. */
const TestEnvironment = makeEnvironment(node.TestEnvironment);

/**
 * The module that `testEnvironment` names: the class, also as `TestEnvironment`, like Jest's own environments. `withLoop`
 * makes any other environment one. See docs/environments.md.
 */
const Environment = Object.assign(TestEnvironment, {
  TestEnvironment,
  /** Makes a loop environment of any Jest environment: `module.exports = withLoop(base)`. Throws if it is no class. */
  withLoop: makeEnvironment,
});

// Never runs: lets Node's scan for the exports of CommonJS modules find these names, so that ES modules can import
// them. It understands plain names only.
// biome-ignore lint/suspicious/noAssignInExpressions: the form that the scan knows
0 && (module.exports = { TestEnvironment, withLoop });

export = Environment;

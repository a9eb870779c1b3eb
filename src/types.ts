/**
 * The nouns of jest-loop; what this file exports is the public types. The signatures are beside it: `types/fixture.ts`
 * declares fixtures, `types/test.ts` requests them, `types/each.ts` has the tables, `types/extend.ts` `test.extend`.
 */

import type { Loop } from './loop';
import type { Available } from './types/fixture';

export type { AroundTest, BuiltIns, SocketFactory, TaskGroup } from './types/built-ins';
export type { DescribeEach, EachDescribe, EachTest, TestEach } from './types/each';
export type {
  ExtendFunction,
  MergeTests,
  Named,
  Override,
  OverrideFunction,
  Overrides,
  Use,
  UseFunction,
} from './types/extend';
export type {
  Available,
  FixtureFunction,
  FixtureName,
  FixtureSet,
  FixturesOf,
  Link,
  Links,
  NoLinks,
  ValuesAt,
  With,
} from './types/fixture';
export type { Mark } from './types/mark';
export type { Marker, TestModifiers } from './types/markers';
export type { Mistake, WiderThanTest } from './types/scopes';
export type {
  ConcurrentTest,
  DescribeAPI,
  DescribeForm,
  DescribeFunction,
  Done,
  DoneCallback,
  FailableTest,
  HookAPI,
  TestAPI,
  TestContext,
  TestForm,
  TestFunction,
  TestReturn,
  TestTools,
  Title,
} from './types/test';
export type { DescribeOptions, ForbidGetEventLoop, LoopScope, TestOptions } from './types/test-options';

/**
 * How long one instance of a fixture lives, from narrow to wide: a test attempt, a describe block, a test file, a
 * directory, a worker process, the whole run.
 *
 * A fixture may depend on fixtures of its own scope or a wider one. Those of `'directory'` scope and wider are declared
 * in a setup file or a `jest.fixtures` file, and live outside of test files: that file is loaded a second time there.
 * The value of a `'session'` fixture is cloned for each test file; those of the others are shared as they are.
 * See docs/scopes.md.
 */
export type Scope = 'test' | 'describe' | 'file' | 'directory' | 'worker' | 'session';

/**
 * What tests and hooks may request by name, beside the {@link BuiltIns built-in fixtures}. It is empty until you add your own:
 *
 * ```ts
 * export const fixtures = fixture('db', () => openDatabase());
 *
 * declare module 'jest-loop' {
 *   interface Fixtures extends FixturesOf<typeof fixtures> {}
 * }
 * ```
 *
 * Any number of files may add to it; a name that two of them add must have the same type in both.
 * See docs/fixtures.md.
 */
// biome-ignore lint/suspicious/noEmptyInterface: users fill it by declaration merging
export interface Fixtures {}

/**
 * The requester and its place: the second argument of a fixture function, and the built-in fixture `request` of tests,
 * hooks and fixtures. It may be kept and destructured; after its scope has ended it does nothing.
 *
 * `Param` is the type of `param`, `S` the requester's scope, `F` what `get` knows by name. See docs/fixtures.md.
 */
export interface Request<Param = undefined, S extends Scope = Scope, F = Fixtures> {
  /** The name of the fixture, test or hook. */
  readonly name: string;
  /** The scope that the fixture lives in; in a test or hook, the narrowest that it may request. */
  readonly scope: S;
  /** The element of the fixture's `params` that this instance is made for; `undefined` without `params`. */
  readonly param: Param;
  /** Aborts when a time limit is exceeded, when the run is interrupted, and when the scope closes. */
  readonly signal: AbortSignal;
  /**
   * The requester's Loop, as the fixture `eventLoop`: `null` inside `new Loop({ newLoop: false })`.
   * See docs/loops.md.
   */
  readonly loop: Loop;
  /** The running test, at `test` scope. Wider scopes serve many tests: there it is `undefined`. */
  readonly test: S extends 'test' ? TestInfo : undefined;
  /** Absolute path of the test file; beyond `file` scope, of the file that declares the fixture. */
  readonly path: string;
  /**
   * Runs `fn`, and awaits what it returns, when the scope ends or the set-up fails later: the last one registered
   * first, after the generator's own teardown. An error in one stops no other.
   */
  onCleanup(this: void, fn: () => unknown): void;
  /**
   * Throws, so that nothing after it runs: the test is reported as skipped, and what is up goes down. A hook skips the
   * tests that it runs for. A fixture wider than `test` skips all that request it: its set-up is remembered like a
   * failure. Another error of the test wins. The reasons are shown in the console of the file.
   *
   * Throws an error if the reason is not a string.
   */
  skip(this: void, reason?: string): never;
  /**
   * The value of any fixture by its name, set up now if it is not yet.
   *
   * Rejects if there is no such fixture, if its scope is narrower than the requester's, and if its set-up fails.
   */
  get<Name extends keyof Available<F>>(this: void, name: Name): Promise<Available<F>[Name]>;
  /** The same for a name that `F` does not know; the type of its value is yours to say. */
  get<Value = unknown>(this: void, name: string): Promise<Value>;
}

/** The running test, as {@link Request} shows it. See docs/fixtures.md. */
export interface TestInfo {
  /** Its own name. */
  readonly name: string;
  /** The names of its describe blocks and its own, separated by spaces: what `jest -t` is matched against. */
  readonly fullName: string;
  /** Absolute path of the test file. */
  readonly path: string;
  /** The line of its `test(...)` call, from 1; `undefined` where the stack does not show it. */
  readonly line: number | undefined;
  /** Which attempt this is, from 1; `jest.retryTimes` makes further ones. */
  readonly attempt: number;
  /** The `tags` of its {@link TestOptions}. */
  readonly tags: readonly string[];
  /** How it is going to be reported: known in teardown, `undefined` before. */
  readonly outcome: Outcome | undefined;
}

/** How a test is reported. See docs/fixtures.md. */
export type Outcome = 'passed' | 'failed' | 'skipped';

/**
 * The options of a fixture. One that overrides another inherits the options that it does not give, but for `params`.
 * An unknown option or a bad value is an error when the file is collected.
 *
 * `Param` is the type of the elements of `params`, `S` that of `scope`. See docs/fixtures.md.
 */
export interface FixtureOptions<Param = unknown, S extends Scope = Scope> {
  /**
   * How long an instance lives, and where. See docs/scopes.md.
   * @default that of the fixture it overrides, else `'test'`
   */
  scope?: S;
  /**
   * Set up for every test that sees it, requested or not.
   * @default false
   */
  auto?: boolean;
  /**
   * Runs each test that requests it once per value, named `name [id]`; the value is `request.param`. At least one.
   * @default none: one instance, whose `request.param` is `undefined`
   */
  params?: readonly Param[];
  /**
   * The texts that stand for `params` in the names of tests: one per value, or a function that makes them.
   * @default the text of each value
   */
  ids?: readonly string[] | ((value: NoInfer<Param>, index: number) => string);
  /**
   * Time limit in milliseconds of set-up and of teardown, each: greater than 0, or `Infinity` for none.
   * @default the default timeout of the fixture's scope
   */
  timeout?: number;
  /**
   * The scope whose Loop the fixture runs in; not narrower than `scope`.
   * @default the value of `scope`
   */
  loopScope?: Scope;
  /**
   * The names that the function takes from its first parameter, for compilers that do not keep them.
   * @default read from the function
   */
  deps?: readonly string[];
}

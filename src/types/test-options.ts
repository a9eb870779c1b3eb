import type { GivenBackend } from '../loop/backend-of';
import type { Fixtures, Scope } from '../types';
import type { Overrides } from './extend';
import type { FixtureName } from './fixture';

/** The scopes whose Loop a test may run in: that of the session lives in another process. See docs/loops.md. */
export type LoopScope = Exclude<Scope, 'session'>;

/** What `forbidGetEventLoop` takes: whether, and with `timers` the ambient timers as well. See docs/errors.md. */
export type ForbidGetEventLoop =
  | boolean
  | {
      /** Whether the ambient timers throw as well. @default false */
      readonly timers?: boolean;
    };

/**
 * The options of a describe block, between its name and its function. They count for all its tests, like the modifiers
 * and the statements of {@link Mark} with the same names; the one nearest to a test wins, and `useFixtures` adds
 * up. An unknown option or a bad value is an error when the file is collected.
 *
 * `F` is what the tests may request. See docs/errors.md.
 */
export interface DescribeOptions<F = Fixtures> {
  /**
   * Fixtures to set up without a parameter.
   * @default none
   */
  useFixtures?: readonly FixtureName<F>[];
  /**
   * The scope whose Loop to run in. `'session'` is an error. See docs/loops.md.
   * @default that of the enclosing block, else the project's option, else `'test'`
   */
  loopScope?: LoopScope;
  /**
   * Whether an unhandled exception in the Loop of a test, or of a fixture that it uses, fails this test;
   * `false` collects them in the fixture `loopExceptions`, and they fail nothing.
   * @default that of the enclosing block, else the project's option
   */
  catchLoopExceptions?: boolean;
  /**
   * Makes `getEventLoop()` throw in the body of a test; with `{ timers: true }` the ambient timers throw as well.
   * @default that of the enclosing block, else the project's option
   */
  forbidGetEventLoop?: ForbidGetEventLoop;
  /**
   * In `strict` mode: these tests are managed.
   * @default that of the enclosing block, else `false`
   */
  loop?: boolean;
  /**
   * The backend of their Loops: a name, or `[name, options]`; or a list of these, to run each test once on each. As if
   * the fixture `loopBackend` was overridden. See docs/backends.md.
   * @default that of the enclosing block, else the project's option, else `'node'`
   */
  backend?: GivenBackend | readonly GivenBackend[];
}

/**
 * The options of one test, between its name and its function. An unknown option or a bad value is an error when the
 * file is collected.
 *
 * `F` is what the test may request. See docs/fixtures.md.
 */
export interface TestOptions<F = Fixtures> extends DescribeOptions<F> {
  /**
   * Time limit in milliseconds: greater than 0, or `Infinity` for none. The last argument of `test` wins over it.
   * @default the fixture `defaultAsyncTimeout`, see docs/timeouts.md
   */
  timeout?: number;
  /**
   * Other values, or functions `(deps, request)` that make them, for fixtures by name: for this test only.
   * @default none
   */
  overrides?: Overrides<F>;
  /**
   * Whether fixtures of one scope that do not depend on each other are set up and torn down at once.
   * @default the project's option `setup`, else `'sequential'`
   */
  setup?: 'parallel' | 'sequential';
  /**
   * The backends to run on, by the names of `loopFactories` or of the package's own: the test runs once on each. One that
   * does not exist is skipped, and its name says which do.
   * @default what the fixture `loopBackend` says. See docs/backends.md.
   */
  loopFactories?: readonly string[];
  /**
   * Words that fixtures read from `request.test.tags`.
   * @default none
   */
  tags?: readonly string[];
}

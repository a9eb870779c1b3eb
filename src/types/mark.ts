import type { GivenBackend } from '../loop/backend-of';
import type { Fixtures } from '../types';
import type { FixtureName } from './fixture';
import type { ForbidGetEventLoop, LoopScope } from './test-options';

/**
 * Statements for the tests of the enclosing describe block or, outside of any, of the file. In a setup file they count
 * for all tests, in a `jest.fixtures` file for those of its directory. The one nearest to a test wins.
 *
 * ```ts
 * describe('the queue', () => {
 *   mark.loopScope('describe');
 *   mark.catchLoopExceptions();
 *   test('drains', async ({ queue }) => { … });
 * });
 * ```
 *
 * They throw on wrong arguments, and while tests run. See docs/errors.md.
 */
export interface Mark {
  /** Sets these fixtures up for each test, as if it requested them. They add up. See docs/fixtures.md. */
  useFixtures(...names: FixtureName<Fixtures>[]): void;
  /** The Loop to run in is that of this scope. `'session'` is an error. See docs/loops.md. */
  loopScope(scope: LoopScope): void;
  /**
   * Fails a test with each unhandled exception in its Loop, or in that of a fixture that it uses. `false`
   * collects them in the fixture `loopExceptions` instead, and they fail nothing.
   *
   * `on` is `true` unless given. See docs/errors.md.
   */
  catchLoopExceptions(on?: boolean): void;
  /**
   * Makes `getEventLoop()` throw in the body of a test; with `{ timers: true }` the ambient timers throw as well.
   * `getRunningLoop()` and what is passed in stay allowed; `false` allows all again.
   *
   * `on` is `true` unless given. See docs/errors.md.
   */
  forbidGetEventLoop(on?: ForbidGetEventLoop): void;
  /** In `strict` mode: these tests are managed. See docs/errors.md. */
  loop(): void;
  /**
   * The backend of the tests' Loops: a name, or `[name, options]`; or a list of these, to run each test once on each.
   * See docs/backends.md.
   */
  backend(backend: GivenBackend | readonly GivenBackend[]): void;
}

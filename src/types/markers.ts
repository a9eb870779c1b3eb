import type { GivenBackend } from '../loop/backend-of';
import type { Fixtures } from '../types';
import type { FixtureName } from './fixture';
import type { ForbidGetEventLoop, LoopScope } from './test-options';

/**
 * The markers as modifiers of `test`, `it` and `describe`, which combine with each other and with Jest's own in any
 * order. One that takes an argument is called with it first:
 *
 * ```ts
 * test.only.catchLoopExceptions('drains', async ({ queue }) => { … });
 * test.loopScope('file').forbidGetEventLoop({ timers: true }).each([[1]])('%i', n => { … });
 * describe.catchLoopExceptions(false)('the queue', () => { … });
 * ```
 *
 * They throw on wrong arguments. See docs/errors.md.
 */
export interface TestModifiers<F = Fixtures> {
  /** Sets these fixtures up without a parameter. They add up. See docs/fixtures.md. */
  useFixtures(...names: FixtureName<F>[]): this;
  /** Runs in the Loop of this scope. `'session'` is an error. See docs/loops.md. */
  loopScope(scope: LoopScope): this;
  /**
   * Fails a test with each unhandled exception in its Loop, or in that of a fixture that it uses.
   * `catchLoopExceptions(false)` collects them in the fixture `loopExceptions` instead, and they fail nothing.
   * See docs/errors.md.
   */
  readonly catchLoopExceptions: Marker<this, [on?: boolean]>;
  /**
   * Makes `getEventLoop()` throw in the body of a test; `forbidGetEventLoop({ timers: true })` makes the ambient timers
   * throw as well. `getRunningLoop()` and what is passed in stay allowed; `forbidGetEventLoop(false)` allows all again.
   * See docs/errors.md.
   */
  readonly forbidGetEventLoop: Marker<this, [on?: ForbidGetEventLoop]>;
  /** In strict mode: makes this managed. See docs/errors.md. */
  readonly loop: Marker<this, []>;
  /**
   * The backend of the test's Loop: a name, or `[name, options]`; or a list of these, to run it once on each.
   * See docs/backends.md.
   */
  backend(backend: GivenBackend | readonly GivenBackend[]): this;
}

/** A marker that works as it is, as another `Form`, and called with its argument first. See docs/errors.md. */
export type Marker<Form, Args extends readonly unknown[]> = ((...args: Args) => Form) & Form;

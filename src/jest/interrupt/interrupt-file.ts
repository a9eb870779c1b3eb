import type { Stop } from '../../fixtures/life/interfaces/requester-info';
import type { InstanceView } from '../../fixtures/life/interfaces/views';
import type { OpenScope } from '../../fixtures/life/open-scope';
import type { OpenScopes } from '../../fixtures/life/open-scopes';
import { after } from '../../process/real-time';
import type { Invocation } from '../../timeouts/invocation';
import type { Event, TestEntry } from '../file/circus';
import type { TestFile } from '../file/test-file';
import { CircusTimers } from './circus-timers';
import { InterruptErrors, isInterrupted } from './interrupt-errors';

/** What an interrupt needs to know about an attempt under way. */
interface InterruptibleAttempt {
  readonly bodyEnded: boolean;
  readonly invocation: Invocation | undefined;
  readonly scope: OpenScope;
  stop(error: unknown): void;
}

/** What an interrupt needs to know about a file's run. */
export interface InterruptibleRun {
  readonly testFile: TestFile;
  readonly scopes: OpenScopes;
  readonly attempts: ReadonlyMap<TestEntry, InterruptibleAttempt>;
  readonly serialTest: TestEntry | undefined;
}

/** How long in ms an unmanaged test may take to end. */
const GRACE = 1000;

const nothing = (): void => {};

/**
 * The effect of an interrupt on a test file. What runs is aborted as by a time limit, so that it cleans up; what has
 * ended is torn down as usual; nothing else runs, and it counts as skipped.
 */
export class Interrupts {
  /** The run was interrupted. */
  active = false;
  /** The beforeAll hook that runs, or ran last. */
  beforeAll: Invocation | undefined;
  readonly timers = new CircusTimers();
  /** The tests whose body has not ended. */
  readonly #running = new Set<TestEntry>();
  /** The tests that were aborted. */
  readonly #aborted = new Set<TestEntry>();
  /** The errors of failed tests: one that waits for its retry when the interrupt comes is reported with them. */
  readonly #failed = new Map<TestEntry, unknown[]>();
  readonly #errors = new InterruptErrors();

  constructor(readonly run: InterruptibleRun) {}

  /** Aborts what runs. */
  interrupt(): void {
    if (this.active) return;
    this.active = true;
    const { run } = this;
    for (const entry of this.#running) {
      const attempt = run.attempts.get(entry);
      // It is being torn down.
      if (attempt?.bodyEnded) continue;
      this.#aborted.add(entry);
      if (attempt === undefined) continue;
      attempt.stop(this.#error());
      attempt.invocation?.abort(this.#error());
      this.#abort(attempt.scope.starting());
    }
    this.beforeAll?.abort(this.#error());
    this.#abort(run.scopes.starting());
    const limits = this.timers.running();
    if (limits.length > 0) after(GRACE, () => limits.map(expire => expire())).unref();
  }

  /** Why nothing more is set up for a beforeAll hook. */
  get stopped(): Stop | undefined {
    return this.active ? { error: this.#error() } : undefined;
  }

  /** Sees each event of circus before anything else handles it. */
  onEvent(event: Event): void {
    switch (event.name) {
      case 'run_describe_start':
        if (this.active) event.describeBlock.mode = 'skip';
        break;
      case 'hook_start':
        this.timers.cleaning = event.hook.type === 'afterEach' || event.hook.type === 'afterAll';
        if (event.hook.type === 'afterEach' && this.run.serialTest !== undefined)
          this.#running.delete(this.run.serialTest);
        if (this.active && !this.timers.cleaning) event.hook.fn = nothing;
        break;
      case 'hook_failure':
        if (isInterrupted(event.error)) this.#interruptedBy(event.test);
        this.timers.cleaning = false;
        break;
      case 'hook_success':
        this.timers.cleaning = false;
        break;
      case 'test_start':
        if (this.active && event.test.mode !== 'todo') event.test.mode = 'skip';
        break;
      case 'test_started':
        this.#running.add(event.test);
        if (this.active) this.#aborted.add(event.test);
        break;
      case 'test_fn_start':
        if (!this.active) break;
        event.test.fn = nothing;
        event.test.failing = false;
        break;
      case 'test_fn_failure':
        if (isInterrupted(event.error)) this.#interruptedBy(event.test);
        this.#running.delete(event.test);
        break;
      case 'test_fn_success':
        this.#running.delete(event.test);
        break;
      case 'test_skip':
        if (!this.active) break;
        // A beforeAll hook may have failed for it.
        this.#errors.removeFrom(event.test.errors);
        if (event.test.errors.length > 0) event.test.status = 'done';
    }
  }

  /** Whether a test with these errors so far counts as skipped. */
  countsAsSkipped(entry: TestEntry, errors: readonly unknown[]): boolean {
    if (!this.active || !this.#aborted.has(entry)) return false;
    const left = [...errors];
    this.#errors.removeFrom(left);
    return left.length === 0;
  }

  /** A test is over, teardown included. */
  testDone(entry: TestEntry): void {
    const { errors } = entry;
    this.#running.delete(entry);
    if (this.active && this.#aborted.has(entry)) {
      this.#errors.removeFrom(errors);
      if (errors.length === 0) entry.status = 'skip';
      else this.#failed.set(entry, errors);
    } else if (errors.length === 0) this.#failed.delete(entry);
    else this.#failed.set(entry, errors);
  }

  /** The file is over. */
  fileDone(): void {
    if (!this.active) return;
    this.#errors.removeFrom(this.run.testFile.state.unhandledErrors);
    for (const [entry, errors] of this.#failed) {
      if (entry.status !== 'skip') continue;
      entry.errors = errors;
      entry.status = 'done';
    }
  }

  /** A test or hook failed with an interrupt: a fixture of scope `session` may report it before the signal arrives. */
  #interruptedBy(entry: TestEntry | undefined): void {
    if (entry !== undefined) this.#aborted.add(entry);
    this.interrupt();
  }

  #error(): Error {
    return this.#errors.make(this.run.testFile.makeError);
  }

  #abort(instances: readonly InstanceView[]): void {
    // A set-up that has failed is cleaning up.
    for (const instance of instances) if (!instance.failed) instance.abort(this.#error());
  }
}

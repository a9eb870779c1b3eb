import { interrupted } from '../../errors/interrupt';
import type { Instance } from '../../fixtures/life/instance';
import type { OpenScope, OpenScopes } from '../../fixtures/life/open-scopes';
import type { Stop } from '../../fixtures/life/run';
import { after } from '../../process/real-time';
import type { Guard } from '../../timeouts/guard';
import type { Event, TestEntry } from '../file/circus';
import type { TestFile } from '../file/test-file';
import { originalOf } from '../report/error-copies';
import { CircusTimers } from './circus-timers';

/** What an interrupt needs to know of an attempt under way. */
interface InterruptibleAttempt {
  readonly ended: boolean;
  readonly guard: Guard | undefined;
  readonly scope: OpenScope;
  stop(error: unknown): void;
}

/** What an interrupt needs to know of a file's run. */
export interface InterruptibleRun {
  readonly testFile: TestFile;
  readonly scopes: OpenScopes;
  readonly attempts: ReadonlyMap<TestEntry, InterruptibleAttempt>;
  readonly serialTest: TestEntry | undefined;
}

/** How long in ms a test has that is not ours. */
const GRACE = 1000;

const nothing = (): void => {};

/**
 * What becomes of a test file when the run is interrupted: what runs is ended as by a time limit, so that it cleans up;
 * what has ended goes down as ever; of the rest nothing runs, and it counts as skipped.
 */
export class Interrupts {
  /** The run was interrupted. */
  active = false;
  /** The beforeAll hook that runs, or ran last. */
  beforeAll: Guard | undefined;
  readonly timers = new CircusTimers();
  /** The tests whose body is not over. */
  readonly #running = new Set<TestEntry>();
  /** Those that did not come to their end. */
  readonly #ended = new Set<TestEntry>();
  /** What a failed test had failed for: one that Jest wanted to run again is told as it was. */
  readonly #failed = new Map<TestEntry, unknown[]>();
  /** The errors that say so. */
  readonly #errors = new WeakSet<object>();

  constructor(readonly run: InterruptibleRun) {}

  /** Ends what runs. */
  interrupt(): void {
    if (this.active) return;
    this.active = true;
    const { run } = this;
    for (const entry of this.#running) {
      const attempt = run.attempts.get(entry);
      // It is being torn down.
      if (attempt?.ended) continue;
      this.#ended.add(entry);
      if (attempt === undefined) continue;
      attempt.stop(this.#error());
      attempt.guard?.abort(this.#error());
      this.#abort(attempt.scope.starting());
    }
    this.beforeAll?.abort(this.#error());
    this.#abort(run.scopes.starting());
    const limits = this.timers.running();
    if (limits.length > 0) after(GRACE, () => limits.map(end => end())).unref();
  }

  /** Why nothing more comes up for a beforeAll hook. */
  get stopped(): Stop | undefined {
    return this.active ? { error: this.#error() } : undefined;
  }

  /** An event of circus, before anything else is done about it. */
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
        if (isInterrupted(event.error)) this.#hear(event.test);
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
        if (this.active) this.#ended.add(event.test);
        break;
      case 'test_fn_start':
        if (!this.active) break;
        event.test.fn = nothing;
        event.test.failing = false;
        break;
      case 'test_fn_failure':
        if (isInterrupted(event.error)) this.#hear(event.test);
        this.#running.delete(event.test);
        break;
      case 'test_fn_success':
        this.#running.delete(event.test);
        break;
      case 'test_skip':
        if (!this.active) break;
        // A beforeAll hook may have failed for it.
        this.#clean(event.test.errors);
        if (event.test.errors.length > 0) event.test.status = 'done';
    }
  }

  /** Whether a test counts as skipped whose errors so far are these. */
  countsAsSkipped(entry: TestEntry, errors: readonly unknown[]): boolean {
    if (!this.active || !this.#ended.has(entry)) return false;
    const left = [...errors];
    this.#clean(left);
    return left.length === 0;
  }

  /** A test is over, with all that it had. */
  testDone(entry: TestEntry): void {
    const { errors } = entry;
    this.#running.delete(entry);
    if (this.active && this.#ended.has(entry)) {
      this.#clean(errors);
      if (errors.length === 0) entry.status = 'skip';
      else this.#failed.set(entry, errors);
    } else if (errors.length === 0) this.#failed.delete(entry);
    else this.#failed.set(entry, errors);
  }

  /** The last of the file. */
  fileDone(): void {
    if (!this.active) return;
    this.#clean(this.run.testFile.state.unhandledErrors);
    for (const [entry, errors] of this.#failed) {
      if (entry.status !== 'skip') continue;
      entry.errors = errors;
      entry.status = 'done';
    }
  }

  /** A test or hook has failed with it: a fixture of scope `session` may say so before the signal comes. */
  #hear(entry: TestEntry | undefined): void {
    if (entry !== undefined) this.#ended.add(entry);
    this.interrupt();
  }

  /** One for each that is ended: what it throws on its way is added to it. */
  #error(): Error {
    const error = this.run.testFile.makeError(interrupted());
    this.#errors.add(error);
    return error;
  }

  #abort(instances: readonly Instance[]): void {
    // One that has failed cleans up.
    for (const instance of instances) if (!instance.failed) instance.abort(this.#error());
  }

  /** Takes out of the errors what only says that the run was interrupted, and leaves what else went wrong. */
  #clean(errors: unknown[]): void {
    const kept = errors.flatMap(each => {
      const [error, ...rest]: unknown[] = Array.isArray(each) ? each : [each];
      if (typeof error === 'object' && error !== null) {
        const original = originalOf(error) as Error;
        // One of a fixture of scope `session` comes from the main process.
        if (this.#errors.has(original) || isInterrupted(original)) {
          if (original !== error || original.cause === undefined) return [];
          return [Array.isArray(each) ? [original.cause, ...rest] : original.cause];
        }
      }
      return saysUnfinished(error) ? [] : [each];
    });
    errors.splice(0, errors.length, ...kept);
  }
}

function isInterrupted(error: unknown): boolean {
  return (Object(originalOf(error)) as { readonly code?: unknown }).code === 'ERR_INTERRUPTED';
}

/** What Jest says of a test that did not come to its end: its time was up, an `expect` was not reached. */
function saysUnfinished(error: unknown): boolean {
  const message: unknown = typeof error === 'string' ? error : (Object(error) as Partial<Error>).message;
  if (typeof message !== 'string') return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours of Jest's messages
  const text = message.replace(/\u001B\[\d+m/g, '');
  return /^(Exceeded timeout of |expect\.(assertions|hasAssertions)\()/.test(text);
}

import type { NamedRequester } from '../../../errors/site';
import type { FixtureRun } from '../../../fixtures/life/fixture-run';
import type { ContextStack } from '../../../fixtures/life/interfaces/context-stack';
import type { Stop, TestInfo } from '../../../fixtures/life/interfaces/requester-info';
import { OpenScope } from '../../../fixtures/life/open-scope';
import { Requester } from '../../../fixtures/life/requester/requester';
import type { Loop } from '../../../loop';
import type { ExceptionContext, Step } from '../../../loop/steps/step';
import type { Id } from '../../../observe/events/event';
import type { Invocation } from '../../../timeouts/invocation';
import type { TestPlan } from '../../collect/plan';
import { fullNameOf, type TestEntry } from '../../file/circus';
import type { FileInfo } from '../../file/file-info';
import { siteOfError } from '../../report/sites';
import type { AttemptView } from '../state/attempt-view';
import type { FileRun, RunningAttempt } from '../state/file-run';
import { AttemptErrors, attemptNumber } from './attempt-errors';
import { takeException } from './attempt-exceptions';
import { makeAttemptFixtures } from './attempt-fixtures';
import { closeAttemptLoop, loopAfter } from './attempt-loop';
import { makeTestInfo } from './test-info';

/**
 * One run of a test, each retry anew: with its own fixtures and its own Loop, which its hooks and its body share. Most
 * tests need little of it, so its parts are made on first use.
 */
export class Attempt implements RunningAttempt {
  // What an observer notes here.
  observedId: Id | undefined;
  observedUses: Id[] | undefined;
  bodyEnded = false;
  outcomeTaken = false;
  tornDown = false;
  failure: { readonly error: unknown } | undefined;
  /** What fixtures and hooks have left in AsyncLocalStorages. */
  readonly contexts: ContextStack;
  invocation: Invocation | undefined;
  /** Lets Jest shut its gate again. */
  releaseGate: (() => void) | undefined;
  inner: AttemptView['inner'];
  readonly loopSource = (): Loop => this.loop;
  wasAborted = false;
  hasNoLoop = false;
  readonly errors: AttemptErrors = new AttemptErrors(this);
  readonly number: number;
  #stop: Stop | undefined;
  #scope: OpenScope | undefined;
  #loopExceptions: unknown[] | undefined;
  #testInfo: TestInfo | undefined;
  #fixtures: FixtureRun | undefined;
  #request: Requester | undefined;

  constructor(
    readonly fileRun: FileRun,
    readonly entry: TestEntry,
    readonly plan: TestPlan,
    /** The `this` of its functions. */
    readonly self: unknown,
  ) {
    // Jest 30.0 and 30.1 call a concurrent test before they start it.
    this.number = attemptNumber(entry);
    this.contexts = fileRun.hookContexts.at(plan.needs.namespace);
  }

  get scope(): OpenScope {
    this.#scope ??= new OpenScope();
    return this.#scope;
  }

  get loopExceptions(): unknown[] {
    this.#loopExceptions ??= [];
    return this.#loopExceptions;
  }

  get fixtures(): FixtureRun {
    this.#fixtures ??= makeAttemptFixtures(this);
    return this.#fixtures;
  }

  get usesFixtures(): boolean {
    return this.#fixtures !== undefined;
  }

  /** The `request` of its body. */
  get request(): Requester {
    this.#request ??= this.newRequest();
    return this.#request;
  }

  /** The `request` of one of its hooks. */
  newRequest(): Requester {
    return new Requester(this.fixtures, this.entry.name, 'test', this.scope);
  }

  /** Whether anything has read the signal of the body's request. */
  get usesSignal(): boolean {
    return this.#request?.usesSignal === true;
  }

  /** Aborts the signal of the body's request, if anything has used it. */
  abortRequest(reason: unknown): void {
    this.#request?.abort(reason);
  }

  /** Whether anything has to be torn down. */
  get hasWork(): boolean {
    return (
      this.#fixtures !== undefined ||
      this.#scope?.loop !== undefined ||
      this.plan.markers.catchLoopExceptions === true
    );
  }

  /** Its Loop; once it is over, the one that takes what its code still starts. */
  get loop(): Loop {
    if (this.tornDown) return loopAfter(this);
    return this.fixtures.loopIn(this.scope, 'test');
  }

  get fullName(): string {
    return fullNameOf(this.entry);
  }

  get requester(): NamedRequester {
    return { label: this.label, site: siteOfError(this.entry.asyncError, this.fileRun.testFile.rootDir) };
  }

  get label(): string {
    return `test "${this.fullName}"`;
  }

  get file(): FileInfo {
    return this.fileRun.testFile.info;
  }

  /** `request.test`. */
  get testInfo(): TestInfo {
    this.#testInfo ??= makeTestInfo(this);
    return this.#testInfo;
  }

  abort(error: unknown): void {
    this.wasAborted = true;
    if (this.invocation?.abort(error)) return;
    for (const instance of this.scope.starting()) if (instance.abort(error)) return;
    this.stop(error);
    if (this.errors.markReported(error)) this.errors.add(error);
  }

  useFailed(error: unknown): void {
    // The body is ended with it.
    this.errors.addAround(error);
    this.abort(error);
  }

  stop(error: unknown): void {
    this.wasAborted = true;
    this.#stop ??= { error };
  }

  /** Why nothing more is set up before the body. After it everything runs as usual. */
  get stopped(): Stop | undefined {
    return this.bodyEnded ? undefined : this.#stop;
  }

  caught(context: ExceptionContext, step: Step): void {
    takeException(this, context, step);
  }

  handled(promise: Promise<unknown>): void {
    this.errors.handled(promise);
  }

  /** Tears down its fixtures and closes its Loop. Gives the errors. */
  close(): unknown[] | Promise<unknown[]> {
    return this.#fixtures === undefined
      ? this.#closeLoop([])
      : this.#fixtures.close().then(errors => this.#closeLoop([...errors]));
  }

  #closeLoop(errors: unknown[]): unknown[] | Promise<unknown[]> {
    const closing = closeAttemptLoop(this, errors);
    const over = (): unknown[] => {
      this.tornDown = true;
      return errors;
    };
    return closing === undefined ? over() : closing.then(over);
  }

  /** `test_done`: its outcome is final. */
  finish(): void {
    this.tornDown = true;
    this.errors.settle();
    this.fileRun.attempts.delete(this.entry);
    this.releaseGate?.();
  }
}

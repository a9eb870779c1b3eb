import type { Asker } from '../../errors/site';
import type { ContextStack } from '../../fixtures/life/context-stack';
import { OpenScope } from '../../fixtures/life/open-scopes';
import type { TestInfo } from '../../fixtures/life/request';
import { Requester } from '../../fixtures/life/requester';
import { FixtureRun, type Stop } from '../../fixtures/life/run';
import type { Loop } from '../../loop';
import type { ExceptionContext, Step } from '../../loop/steps/step';
import type { Guard } from '../../timeouts/guard';
import type { TestPlan } from '../collect/plan';
import { fullNameOf, type TestEntry } from '../file/circus';
import type { FileInfo } from '../file/file-info';
import { isOver } from '../file/value-groups';
import { marked } from '../report/error-copies';
import { siteOfError } from '../report/sites';
import { AttemptErrors, attemptNumber } from './attempt-errors';
import { endLoop, loopAfter } from './attempt-loop';
import type { AttemptState } from './attempt-state';
import type { AttemptOfRun, FileRun } from './file-run';
import { makeTestInfo } from './test-info';

/** One run of a test, each retry anew: its own fixtures and its own Loop, shared by its hooks and its body. */
export class Attempt implements AttemptOfRun {
  /** Set when the body has ended, or will not run any more. */
  ended = false;
  /** Jest has the outcome of its body: what else fails comes after that. */
  outcomeTaken = false;
  /** All that it had is down. */
  over = false;
  /** The body's error, where Jest does not know of it yet. */
  failure: { readonly error: unknown } | undefined;
  /** What fixtures and hooks have left in AsyncLocalStorages. */
  readonly layers: ContextStack;
  /** The function of it that runs. */
  guard: Guard | undefined;
  /** Lets Jest shut its gate again. */
  release: (() => void) | undefined;
  /** Its body, where it runs within `aroundTest`. */
  inner: AttemptState['inner'];
  /** Gives the Loop of its steps when one of them needs it. */
  readonly source = (): Loop => this.loop;
  /** A hook or body was ended: whatever is left of it goes. */
  wasEnded = false;
  readonly errors: AttemptErrors = new AttemptErrors(this);
  #stop: Stop | undefined;
  #home: OpenScope | undefined;
  #loopExceptions: unknown[] | undefined;
  /** From 1; a retried test is started again. */
  readonly number: number;
  #subject: TestInfo | undefined;
  #run: FixtureRun | undefined;
  #requester: Requester | undefined;

  constructor(
    readonly fileRun: FileRun,
    readonly entry: TestEntry,
    readonly plan: TestPlan,
    readonly self: unknown,
  ) {
    // Jest 30.0 and 30.1 call a concurrent test before they start it.
    this.number = attemptNumber(entry);
    this.layers = fileRun.hookLayers.at(plan.needs.block);
  }

  /** The test-scoped fixtures, and the test's Loop. */
  get home(): OpenScope {
    this.#home ??= new OpenScope();
    return this.#home;
  }

  /** What `catchLoopExceptions(false)` collects. */
  get loopExceptions(): unknown[] {
    this.#loopExceptions ??= [];
    return this.#loopExceptions;
  }

  /** Its fixtures; made when somebody asks for one. */
  get run(): FixtureRun {
    if (this.#run === undefined) {
      const { needs } = this.plan;
      this.#run = new FixtureRun(
        this.fileRun.host,
        {
          label: this.fullName,
          asker: this.asker,
          path: this.fileRun.testFile.testPath,
          block: needs.block,
          testType: needs.testType,
          variant: this.plan.variant,
          parallel: this.plan.parallel,
          again: this.number > 1,
          self: this.self,
          subject: () => this.subject,
          owner: this,
          layers: this.layers,
          loop: () => this.loop,
          stopped: () => this.stopped,
          abort: error => this.abort(error),
          isOver: fixture => isOver(this.plan.group, fixture),
          loopExceptions: () => this.loopExceptions,
        },
        this.home,
      );
    }
    return this.#run;
  }

  /** The `request` of its body; made when it is asked for. */
  get requester(): Requester {
    this.#requester ??= this.newRequester();
    return this.#requester;
  }

  /** The `request` of one of its hooks. */
  newRequester(): Requester {
    return new Requester(this.run, this.entry.name, 'test', this.home);
  }

  /** Tells the signal of the body's request that it ends. */
  abortSignal(reason: unknown): void {
    this.#requester?.abort(reason);
  }

  /** Whether somebody has asked for its fixtures. */
  get hasRun(): boolean {
    return this.#run !== undefined;
  }

  /** Whether it has anything that has to go down. */
  get hasWork(): boolean {
    return (
      this.#run !== undefined ||
      this.#home?.loop !== undefined ||
      this.plan.markers.catchLoopExceptions === true
    );
  }

  /** Its own Loop; once it is over, that which takes what is still started. */
  get loop(): Loop {
    if (this.over) return loopAfter(this);
    return this.run.ownLoop(this.home, 'test');
  }

  get fullName(): string {
    return fullNameOf(this.entry);
  }

  get asker(): Asker {
    return { label: this.label, site: siteOfError(this.entry.asyncError, this.fileRun.testFile.rootDir) };
  }

  get label(): string {
    return `test "${this.fullName}"`;
  }

  /** The file that it belongs to. */
  get file(): FileInfo {
    return this.fileRun.testFile.info;
  }

  /** `request.test`, made when somebody looks at it: a plain object of the test's realm. */
  get subject(): TestInfo {
    this.#subject ??= makeTestInfo(this);
    return this.#subject;
  }

  /** Ends what runs of it: that fails with `error`. */
  abort(error: unknown): void {
    this.wasEnded = true;
    if (this.guard?.abort(error)) return;
    for (const instance of this.home.starting()) if (instance.abort(error)) return;
    this.stop(error);
    if (this.errors.isNews(error)) this.errors.add(error);
  }

  /** Nothing of it runs that could be told to end: nothing more comes up for it, and its body does not run. */
  stop(error: unknown): void {
    this.wasEnded = true;
    this.#stop ??= { error };
  }

  /** Why it has no body any more; what comes after that is as ever. */
  get stopped(): Stop | undefined {
    return this.ended ? undefined : this.#stop;
  }

  /** An exception that nobody handled. */
  caught(context: ExceptionContext, step: Step): void {
    if (!('exception' in context)) {
      this.fileRun.testFile.warn(`${context.message}\n  in ${this.label}`);
      return;
    }
    const { exception, promise } = context;
    const { catchLoopExceptions } = this.plan.markers;
    if (catchLoopExceptions === false) {
      this.loopExceptions.push(exception);
      return;
    }
    if (!this.errors.isNews(exception)) return;
    if (step.givenUp) {
      this.fileRun.host.late(exception, step.owner?.label ?? this.label, this, true);
      return;
    }
    const told =
      step.owner === this || step.owner === undefined
        ? exception
        : marked(this.fileRun.testFile.realm, exception, `(in ${step.owner.label})`);
    this.errors.add(told, promise);
  }

  /** It is told as it is now. */
  finish(): void {
    this.over = true;
    this.errors.finish();
    this.fileRun.active.delete(this.entry);
    this.release?.();
  }

  /** A rejection was handled after all. */
  handled(promise: Promise<unknown>): void {
    this.errors.handled(promise);
  }

  /** Ends its fixtures and its Loop. Gives the errors. */
  async close(): Promise<unknown[]> {
    const errors = this.#run === undefined ? [] : [...(await this.#run.close())];
    await endLoop(this, errors);
    this.over = true;
    return errors;
  }
}

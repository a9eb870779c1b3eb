import { getEventListeners } from '../node/events';
import * as promises from '../node/promise';
import { types } from '../node/util';
import { processState } from '../process/process-state';
import { afterGrace } from '../process/real-time';
import { Outcome } from './outcome';
import { isThenable, toPromise } from './promises';
import { cancellation, isAbort, isCancelled, takesArguments } from './steps/cancellation';
import { type Few, listOf } from './steps/few';
import type { WorkOwner } from './steps/pending-work';
import { currentStep, type LoopSource, runIn, Step } from './steps/step';
import { origin } from './steps/step-ancestry';
import type { Wait } from './steps/wait';
import { sweepGivenUp } from './timers/sweep';
import { reportBlocking } from './timers/timer';

const READY = promises.resolve();

/** The function of a task. Its signal aborts when the task is cancelled. See docs/loops.md. */
export type TaskFunction<T> = (signal: AbortSignal) => T | PromiseLike<T>;

/**
 * A function that runs in a Loop: `loop.createTask(fn)`. Awaiting it gives the function's result. It starts in a later
 * microtask. See docs/loops.md.
 */
export class Task<T = unknown> implements PromiseLike<T> {
  /** @internal */
  readonly kind = 'task';
  /** The name given to `createTask`, else the function's. */
  readonly name: string;
  /** @internal */
  readonly site: Error | undefined;
  /** @internal */
  readonly step: Step;
  /** @internal */
  loop: WorkOwner;
  /** @internal */
  waits: Few<Wait>;
  /** @internal Called once, when it is first awaited or cancelled. */
  noticed: (() => void) | undefined;
  #state: 'waiting' | 'running' | 'done' = 'waiting';
  #cancelled = false;
  #cancelling: { readonly reason: unknown; readonly error: Error; delivered: boolean } | undefined;
  /** Its next wait is to be rejected: it is cancelled. */
  #due = false;
  #takesSignal = false;
  #gaveUp = false;
  /** Other code reports its failure. */
  #watched = false;
  #controller: AbortController | undefined;
  #endGrace: (() => void) | undefined;
  #ends: (() => void)[] | undefined;
  readonly #outcome = new Outcome<T>();

  /** Made by `loop.createTask`. */
  constructor(
    loop: WorkOwner,
    fn: TaskFunction<T>,
    name: string,
    site: Error | undefined,
    extra?: Partial<Step>,
  ) {
    this.loop = loop;
    this.name = name;
    this.site = site;
    const started = currentStep();
    const source = loop as unknown as LoopSource;
    this.step = new Step(`task "${name}"`, source, origin(started), started?.owner, started?.forbidden);
    if (extra !== undefined) Object.assign(this.step, extra);
    this.step.task = this;
    loop.pending.add(this);
    // Code that was given up starts nothing.
    if (started?.givenUp) this.#endCancelled();
    else runIn(this.step, () => this.#schedule(() => this.#begin(fn)));
  }

  /** Whether it has ended. */
  get done(): boolean {
    return this.#state === 'done';
  }

  /** Whether it ended in a cancellation. */
  get cancelled(): boolean {
    return this.#cancelled;
  }

  /** @internal Whether any code waits for it. */
  get observed(): boolean {
    return this.#outcome.awaited;
  }

  /** @internal Whether `cancel` was called. */
  get cancelling(): boolean {
    return this.#cancelling !== undefined;
  }

  /** @internal */
  get alive(): boolean {
    return !this.done;
  }

  /** Aborts when the task is cancelled, with the CancelledError as its reason. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#cancelling !== undefined) this.#controller.abort(this.#cancelling.error);
    }
    return this.#controller.signal;
  }

  /** @internal */
  describe(): string {
    return `task "${this.name}"`;
  }

  /**
   * Cancels it: aborts its signal and rejects its waits in the Loop with {@link CancelledError}. Without a wait, the
   * next one is rejected, unless its function takes the signal and so handles cancellation itself. A task that has not
   * started never runs. One that does not end is given up after a grace period. Returns whether there was anything to
   * cancel.
   */
  cancel(reason?: unknown): boolean {
    if (this.done) return false;
    this.#notice();
    this.#cancelling ??= { reason, error: cancellation(reason), delivered: false };
    const cancelling = this.#cancelling;
    if (this.#state === 'waiting') {
      // First: a listener of the signal may check `done`.
      this.#endCancelled();
      this.#controller?.abort(cancelling.error);
      return true;
    }
    this.#endGrace ??= afterGrace(this.loop.grace, () => this.#giveUp());
    const listened = this.#isListenedTo();
    this.#controller?.abort(cancelling.error);
    for (const wait of listOf(this.waits)) {
      cancelling.delivered = true;
      wait.cancel(reason);
    }
    if (!cancelling.delivered && !listened) this.#due = true;
    return true;
  }

  /** @internal */
  takeCancel(): { readonly reason: unknown } | undefined {
    if (!this.#due || this.done) return undefined;
    this.#due = false;
    this.#cancelling!.delivered = true;
    return this.#cancelling;
  }

  /** @internal */
  drop(): void {
    if (!this.done) this.#giveUp();
  }

  // biome-ignore lint/suspicious/noThenProperty: a task is awaited
  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.#notice();
    return this.#outcome.wait(this.describe()).then(onFulfilled, onRejected);
  }

  /** Like that of a promise. */
  catch<B = never>(onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.then(undefined, onRejected);
  }

  /** Like that of a promise. */
  finally(onFinally?: (() => void) | null): Promise<T> {
    return this.then().finally(onFinally);
  }

  /** @internal Its end and failure, for code that reports it, so that no other has to await it. */
  ended(): Promise<{ readonly error: unknown } | undefined> {
    this.#notice();
    this.#watched = true;
    return new Promise(resolve => this.whenEnded(() => resolve(this.#outcome.failure)));
  }

  /** @internal Without watching its outcome. */
  whenEnded(fn: () => void): void {
    if (this.done) fn();
    else {
      this.#ends ??= [];
      this.#ends.push(fn);
    }
  }

  #schedule(begin: () => void): void {
    const { backend } = this.loop;
    if (backend?.startTask === undefined) void READY.then(begin);
    else backend.startTask(begin, this);
  }

  #begin(fn: TaskFunction<T>): void {
    if (this.#state !== 'waiting') return;
    this.#state = 'running';
    this.#takesSignal = takesArguments(fn);
    const began = this.loop.debug ? processState.real.now() : 0;
    try {
      // No signal for a function that cannot see it: it costs more than all the rest.
      const result = this.#takesSignal ? fn(this.signal) : (fn as () => T | PromiseLike<T>)();
      if (isThenable(result)) this.#follow(result);
      else this.#succeed(result);
    } catch (error) {
      this.#fail(error);
    }
    if (this.loop.debug) reportBlocking(this.loop, this, processState.real.now() - began);
  }

  #follow(result: PromiseLike<T>): void {
    const promise = types.isPromise(result) ? (result as Promise<T>) : toPromise(result);
    promise.then(
      value => this.#succeed(value),
      error => this.#fail(error),
    );
  }

  #succeed(value: T): void {
    if (this.done) return;
    this.#state = 'done';
    this.#outcome.fulfil(value);
    this.#end();
  }

  #fail(error: unknown): void {
    if (this.done) {
      if (this.#gaveUp && !this.#isCancellation(error)) this.#report(error, ' after it was given up');
      return;
    }
    if (this.#isCancellation(error)) {
      this.#endCancelled(isCancelled(error) ? error : this.#cancelling!.error);
      return;
    }
    this.#state = 'done';
    const { observed } = this;
    this.#outcome.reject(error);
    if (!observed && !this.#watched) this.#leaveUnhandled(error);
    this.#end();
  }

  /** Other code may still handle it; then it is no failure. */
  #leaveUnhandled(error: unknown): void {
    if (this.loop.hasExceptionHandler) {
      processState.real.setImmediate(() => this.observed || this.#report(error));
    } else {
      // Node reports it. Made in the task's own context, which leads back to its owner.
      runIn(this.step, () => void this.#outcome.promise);
    }
  }

  /** Any cancellation counts, also another task's. */
  #isCancellation(error: unknown): boolean {
    return isCancelled(error) || (this.#cancelling !== undefined && isAbort(error));
  }

  #endCancelled(error: unknown = this.#cancelling?.error ?? cancellation(undefined)): void {
    this.#state = 'done';
    this.#cancelled = true;
    this.#outcome.reject(error);
    this.#end();
  }

  #giveUp(): void {
    this.#gaveUp = true;
    this.step.givenUpItself = true;
    this.#endCancelled();
    sweepGivenUp(this.loop);
  }

  #end(): void {
    this.#endGrace?.();
    this.loop.pending.delete(this);
    for (const end of this.#ends ?? []) end();
    this.#ends = undefined;
  }

  #notice(): void {
    this.noticed?.();
    this.noticed = undefined;
  }

  /** Whether its signal carries a cancellation to any code. */
  #isListenedTo(): boolean {
    if (this.#takesSignal) return true;
    return this.#controller !== undefined && getEventListeners(this.#controller.signal, 'abort').length > 0;
  }

  #report(error: unknown, when = ''): void {
    const message = `Task "${this.name}" failed${when}`;
    this.loop.report({ message, exception: error, task: this }, this.step);
  }
}

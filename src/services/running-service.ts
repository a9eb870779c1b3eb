import type { Task } from '../loop';
import { isCancellation, isCancelled } from '../loop/steps/cancellation';
import type { AnyService, Entrypoint } from './entrypoint-types';
import { attach, nameOf } from './service';

/** What a running service needs from its entrypoint. */
export interface RunningHost {
  readonly entrypoint: Entrypoint;
  /** It is about to start. */
  begins(running: RunningService): void;
  /** Starts `start()` as a task that the entrypoint can cancel. */
  createTask(fn: () => unknown, name: string): Task<unknown>;
  /** It failed after it was ready. */
  died(running: RunningService, error: unknown): void;
  /** It has left. */
  left(running: RunningService): void;
}

/** One service from the call that starts it to its end. */
export class RunningService {
  readonly name: string;
  /** Resolves when it is ready, has failed before, or was stopped before. */
  readonly settled: Promise<void>;
  /** Resolves when it is not up any more, or was given up: it may be started again. */
  readonly gone: Promise<void>;
  /** `start()` was called. */
  hasBegun = false;
  isReady = false;
  /** It is to be stopped. */
  isLeaving = false;
  /** Why it failed before it was ready. */
  failure: { readonly error: unknown } | undefined;
  /** Why it failed after it was ready: it is still to be stopped. */
  death: { readonly error: unknown } | undefined;
  /** `start()` was cancelled before it was ready, by whatever ended the code that called it: it is still to be stopped. */
  isCut = false;
  /** Why it was stopped, or cancelled. */
  stopReason: unknown;
  /** `stop()` has ended. */
  hasStopped = false;
  /** What `stop()` threw. */
  stopFailure: { readonly error: unknown } | undefined;
  /** A call that stops it has reported what went wrong. */
  reported = false;
  #task: Task<unknown> | undefined;
  #stopping: Promise<void> | undefined;
  #settle!: () => void;
  #go!: () => void;

  constructor(
    readonly service: AnyService,
    readonly host: RunningHost,
  ) {
    this.name = nameOf(service);
    this.settled = new Promise(resolve => {
      this.#settle = resolve;
    });
    this.gone = new Promise(resolve => {
      this.#go = resolve;
    });
  }

  /** Whether it was stopped or cancelled before it was ready. */
  get wasEndedEarly(): boolean {
    return (this.isLeaving || this.isCut) && !this.isReady && this.failure === undefined;
  }

  /** Whether `start()` goes on, and it is not ready. */
  get isStarting(): boolean {
    return !this.isLeaving && !this.isCut && !this.isReady && this.failure === undefined;
  }

  /** Calls `start()`. */
  begin(): void {
    const { entrypoint, createTask } = this.host;
    this.hasBegun = true;
    try {
      this.host.begins(this);
      attach(this.service, { entrypoint, ready: () => this.#becomeReady() });
      this.#task = createTask(() => this.service.start(), `start of service "${this.name}"`);
    } catch (error) {
      this.fail(error);
      return;
    }
    void this.#task.ended().then(failed => this.#startEnded(failed));
  }

  /** It has failed before it was ready: there is nothing to stop. */
  fail(error: unknown): void {
    this.failure = { error };
    this.leave();
  }

  /** Calls `stop()`, once, then cancels what is left of `start()`. Rejects with the error of `stop()`. */
  stop(reason: unknown): Promise<void> {
    this.isLeaving = true;
    this.#stopping ??= this.#stop(reason);
    return this.#stopping;
  }

  /** Nothing waits for it any more. */
  giveUp(): void {
    this.#task?.cancel(`service "${this.name}" did not stop in time`);
    this.leave();
  }

  /** It is not up any more. */
  leave(): void {
    this.isLeaving = true;
    this.#settle();
    this.#go();
    this.host.left(this);
  }

  #becomeReady(): void {
    // What is stopped already is not up, whatever its start() does.
    if (this.#stopping !== undefined) return;
    this.isReady = true;
    this.#settle();
  }

  #startEnded(failed: { readonly error: unknown } | undefined): void {
    const isStopped = this.#stopping !== undefined;
    if (failed === undefined) this.#becomeReady();
    else if (this.isReady) {
      if (!isStopped && !isCancelled(failed.error)) this.#die(failed);
    } else if (this.#task!.cancelling && isCancellation(failed.error)) {
      // That is no news. Like one that is late, it has something to stop.
      this.isCut = true;
      this.stopReason ??= failed.error;
    } else if (isStopped) this.failure = failed;
    else this.fail(failed.error);
    this.#settle();
  }

  #die(death: { readonly error: unknown }): void {
    this.death = death;
    this.host.died(this, death.error);
  }

  async #stop(given: unknown): Promise<void> {
    const reason = given ?? this.death?.error;
    this.stopReason = reason ?? this.stopReason;
    if (!this.hasBegun) {
      this.hasStopped = true;
      this.leave();
      return;
    }
    try {
      await this.service.stop?.(reason);
    } catch (error) {
      this.stopFailure = { error };
    }
    this.hasStopped = true;
    if (this.#task !== undefined && !this.#task.done) {
      const ended = this.#task.ended();
      this.#task.cancel(`service "${this.name}" was stopped`);
      await ended;
    }
    if (this.stopFailure !== undefined) throw this.stopFailure.error;
  }
}

import * as promises from '../../node/promise';
import { cancellation, isCancelled } from './cancellation';
import { type Few, minus, plus } from './few';
import type { PendingWork, WorkOwner } from './pending-work';
import { currentStep, type Step } from './step';

const ignore = (): void => {};

/** A task as its waits see it. */
export interface WaitingTask {
  /** Its current waits. */
  waits: Few<Wait>;
  /** Takes a cancellation that found no wait, for the next one. */
  takeCancel(): { readonly reason: unknown } | undefined;
}

/** The source of an outcome. */
export interface WaitSource {
  /** Removes a wait that has ended. */
  leave(wait: Wait): void;
}

/** A wait for a time or an outcome, which can be cancelled. */
export class Wait implements PendingWork {
  readonly kind = 'wait';
  alive = true;
  promise: Promise<unknown> | undefined;
  source: WaitSource | undefined;
  #whenEnded: (() => void) | undefined;

  constructor(
    public loop: WorkOwner,
    readonly step: Step | undefined,
    private readonly label: string,
    private readonly resolve: (value: unknown) => void,
    private readonly reject: (error: unknown) => void,
    readonly site: Error | undefined,
  ) {
    loop.pending.add(this);
    const task = step?.task as WaitingTask | undefined;
    if (task !== undefined) task.waits = plus(task.waits, this);
  }

  describe(): string {
    return this.label;
  }

  /** Fulfils it, but not for code that was given up. */
  succeed(value: unknown): void {
    if (this.#end() && !this.step?.givenUp) this.resolve(value);
  }

  /** Rejects it in the same way. */
  fail(error: unknown): void {
    if (this.#end() && !this.step?.givenUp) this.reject(error);
  }

  cancel(reason: unknown): void {
    if (!this.#end()) return;
    this.source?.leave(this);
    // No code has to be awaiting it.
    this.promise?.catch(ignore);
    this.reject(this.step?.cancellation(reason) ?? cancellation(reason));
  }

  drop(): void {
    if (this.#end()) this.source?.leave(this);
  }

  whenEnded(fn: () => void): void {
    this.#whenEnded = fn;
  }

  #end(): boolean {
    if (!this.alive) return false;
    this.alive = false;
    this.loop.pending.delete(this);
    const task = this.step?.task as WaitingTask | undefined;
    if (task !== undefined) task.waits = minus(task.waits, this);
    this.#whenEnded?.();
    return true;
  }
}

/** A promise that never settles: the code that awaits it was given up. */
export function never<T>(): Promise<T> {
  return new Promise<T>(ignore);
}

/** A promise for the outcome of `begin`, rejected if the waiting code is cancelled. */
export function startWait<T>(
  loop: WorkOwner,
  step: Step | undefined,
  label: string,
  site: Error | undefined,
  begin: (wait: Wait) => void,
): Promise<T> {
  if (step?.givenUp) return never();
  const cancelled = (step?.task as WaitingTask | undefined)?.takeCancel();
  if (cancelled !== undefined) return refused(step!.cancellation(cancelled.reason));
  let wait!: Wait;
  const promise = new Promise<T>((resolve, reject) => {
    wait = new Wait(loop, step, label, resolve as (value: unknown) => void, reject, site);
  });
  wait.promise = promise;
  try {
    begin(wait);
  } catch (error) {
    wait.fail(error);
  }
  return promise;
}

/** The same for the current step. `begin` returns a function that ends the wait early. */
export function waitIn<T>(
  loop: WorkOwner,
  label: string,
  site: Error | undefined,
  begin: (resolve: (value: T) => void, reject: (error: unknown) => void) => () => void,
): Promise<T> {
  return startWait<T>(loop, currentStep(), label, site, wait => {
    const leave = begin(
      value => wait.succeed(value),
      error => wait.fail(error),
    );
    wait.source = { leave };
  });
}

/** A promise's outcome for the current step. `late` gets an error after the wait has ended. */
export function waitFor<T>(
  loop: WorkOwner,
  promise: Promise<T>,
  label: string,
  late: (error: unknown) => void = ignore,
): Promise<T> {
  return waitIn<T>(loop, label, undefined, (resolve, reject) => {
    let left = false;
    promise.then(resolve, error => {
      if (!left) reject(error);
      else if (!isCancelled(error)) late(error);
    });
    return () => {
      left = true;
    };
  });
}

/** A rejection that counts as handled. */
export function refused<T>(error: unknown): Promise<T> {
  const promise = promises.reject<T>(error);
  promise.catch(ignore);
  return promise;
}

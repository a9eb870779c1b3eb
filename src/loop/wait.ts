import { cancellation, isCancelled } from './cancelled';
import type { Item } from './item';
import type { Owning } from './owning';
import { currentStep, type Step } from './step';

const ignore = (): void => {};

/** A task, as the waits of its code see it. */
export interface Waiting {
  /** Those that it waits for now. */
  waits: Set<Wait> | undefined;
  /** Takes a cancellation that has found no wait: the next one is told. */
  takeCancel(): { readonly reason: unknown } | undefined;
}

/** Something that waits for a time or an outcome, and can be told to stop. */
export class Wait implements Item {
  readonly kind = 'wait';
  alive = true;
  promise: Promise<unknown> | undefined;
  /** What takes back that which it waits for. */
  undo: (() => void) | undefined;

  constructor(
    public loop: Owning,
    readonly step: Step | undefined,
    private readonly label: string,
    private readonly resolve: (value: unknown) => void,
    private readonly reject: (error: unknown) => void,
    readonly site: Error | undefined,
  ) {
    loop.items.add(this);
    const task = step?.task as Waiting | undefined;
    if (task !== undefined) {
      task.waits ??= new Set();
      task.waits.add(this);
    }
  }

  describe(): string {
    return this.label;
  }

  /** It has its outcome. Code that was given up is not told. */
  succeed(value: unknown): void {
    if (this.#end() && !this.step?.givenUp) this.resolve(value);
  }

  /** The same for a failure. */
  fail(error: unknown): void {
    if (this.#end() && !this.step?.givenUp) this.reject(error);
  }

  cancel(reason: unknown): void {
    const { undo } = this;
    if (!this.#end()) return;
    undo?.();
    // Nobody need be waiting: then there is nobody to tell.
    this.promise?.catch(ignore);
    this.reject(this.step?.cancellation(reason) ?? cancellation(reason));
  }

  drop(): void {
    const { undo } = this;
    if (this.#end()) undo?.();
  }

  #end(): boolean {
    if (!this.alive) return false;
    this.alive = false;
    this.undo = undefined;
    this.loop.items.delete(this);
    (this.step?.task as Waiting | undefined)?.waits?.delete(this);
    return true;
  }
}

/** A promise that never settles: the code that awaits it was given up. */
export function never<T>(): Promise<T> {
  return new Promise<T>(ignore);
}

/**
 * A promise for what `begin` brings about, which a cancellation of who waits rejects. `begin` returns what takes it
 * back.
 */
export function waitIn<T>(
  loop: Owning,
  label: string,
  site: Error | undefined,
  begin: (resolve: (value: T) => void, reject: (error: unknown) => void) => (() => void) | undefined,
): Promise<T> {
  const step = currentStep();
  if (step?.givenUp) return never();
  const cancelled = (step?.task as Waiting | undefined)?.takeCancel();
  if (cancelled !== undefined) return refused(step!.cancellation(cancelled.reason));
  let wait!: Wait;
  const promise = new Promise<T>((resolve, reject) => {
    wait = new Wait(loop, step, label, resolve as (value: unknown) => void, reject, site);
    try {
      const undo = begin(
        value => wait.succeed(value),
        error => wait.fail(error),
      );
      if (wait.alive) wait.undo = undo;
    } catch (error) {
      wait.fail(error);
    }
  });
  wait.promise = promise;
  return promise;
}

/** The outcome of a promise, for whoever waits for it now. `late` is told of an error that nobody waits for any more. */
export function waitFor<T>(
  loop: Owning,
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

/** A rejection that nobody need look at. */
function refused<T>(error: unknown): Promise<T> {
  const promise = Promise.reject<T>(error);
  promise.catch(ignore);
  return promise;
}

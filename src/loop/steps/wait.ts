import * as promises from '../../node/promise';
import { types } from '../../node/util';
import { cancellation, isCancelled } from './cancellation';
import type { PendingWork, WorkOwner } from './pending-work';
import { currentStep, type Step } from './step';

const ignore = (): void => {};

/** A task, as the waits of its code see it. */
export interface Waiting {
  /** What it waits for now. */
  waits: Few<Wait>;
  /** Takes a cancellation that has found no wait: the next one is told. */
  takeCancel(): { readonly reason: unknown } | undefined;
}

/** What can be waited for. */
export interface Source {
  /** Somebody does not wait for it any more. */
  leave(wait: Wait): void;
}

/** Something that waits for a time or an outcome, and can be told to stop. */
export class Wait implements PendingWork {
  readonly kind = 'wait';
  alive = true;
  promise: Promise<unknown> | undefined;
  source: Source | undefined;

  constructor(
    public loop: WorkOwner,
    readonly step: Step | undefined,
    private readonly label: string,
    private readonly resolve: (value: unknown) => void,
    private readonly reject: (error: unknown) => void,
    readonly site: Error | undefined,
  ) {
    loop.items.add(this);
    const task = step?.task as Waiting | undefined;
    if (task !== undefined) task.waits = plus(task.waits, this);
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
    if (!this.#end()) return;
    this.source?.leave(this);
    // Nobody need be waiting: then there is nobody to tell.
    this.promise?.catch(ignore);
    this.reject(this.step?.cancellation(reason) ?? cancellation(reason));
  }

  drop(): void {
    if (this.#end()) this.source?.leave(this);
  }

  #end(): boolean {
    if (!this.alive) return false;
    this.alive = false;
    this.loop.items.delete(this);
    const task = this.step?.task as Waiting | undefined;
    if (task !== undefined) task.waits = minus(task.waits, this);
    return true;
  }
}

/** A promise that never settles: the code that awaits it was given up. */
export function never<T>(): Promise<T> {
  return new Promise<T>(ignore);
}

/** A promise for what `begin` brings about, which a cancellation of who waits rejects. */
export function startWait<T>(
  loop: WorkOwner,
  step: Step | undefined,
  label: string,
  site: Error | undefined,
  begin: (wait: Wait) => void,
): Promise<T> {
  if (step?.givenUp) return never();
  const cancelled = (step?.task as Waiting | undefined)?.takeCancel();
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

/** The same for whoever waits now. `begin` returns what takes it back. */
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

/** The outcome of a promise, for whoever waits for it now. `late` is told of an error that nobody waits for any more. */
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

/** A rejection that nobody need look at. */
export function refused<T>(error: unknown): Promise<T> {
  const promise = promises.reject<T>(error);
  promise.catch(ignore);
  return promise;
}

/** None, one or several objects of a class: mostly one, and a Set for each of a million of them is too much. */
export type Few<T extends object> = T | Set<T> | undefined;

/** Of whatever realm: what a task in the sandbox waits for may have been added outside of it. */
const isSet: <T extends object>(few: Few<T>) => few is Set<T> = types.isSet as never;

/** With one more. */
export function plus<T extends object>(few: Few<T>, item: T): Few<T> {
  if (few === undefined) return item;
  if (isSet(few)) return few.add(item);
  return new Set([few, item]);
}

/** With one less. */
export function minus<T extends object>(few: Few<T>, item: T): Few<T> {
  if (few === item) return undefined;
  if (!isSet(few)) return few;
  few.delete(item);
  return few.size === 0 ? undefined : few;
}

/** All of them, as they are now. */
export function listOf<T extends object>(few: Few<T>): T[] {
  if (few === undefined) return [];
  return isSet(few) ? [...few] : [few];
}

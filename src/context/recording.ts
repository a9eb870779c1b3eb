import { currentStep, type Step } from '../loop/steps/step';
import { types } from '../node/util';
import { processState } from '../process/process-state';
import { type ContextValues, enterIsolated } from './enter';
import { type Storage, valueAtBirth, valueIn } from './storage';
import { storagesAround } from './watch';
import { whenSettling } from './when-settling';

const NONE: ContextValues = [];

/**
 * Records what a set-up or hook leaves in AsyncLocalStorages: the values that its own code sees as it ends, wherever
 * that entered them. Values that only branches of it saw (a request handler, an `als.run()` that is over) do not count.
 * Needs `watchContext()`.
 */
export class ContextRecording {
  /** Undefined once it is over. */
  #step: Step | undefined;
  /** The earlier value of each touched storage. All code of a step descends from its start, so the first touch shows it. */
  #before: Map<Storage, unknown> | undefined;
  #captured: Map<Storage, unknown> | undefined;
  #promise: object | undefined;
  #unfollow: (() => void) | undefined;

  constructor(step: Step) {
    this.#step = step;
    step.touched = storage => this.#touched(storage as Storage);
  }

  /** Calls `fn` in the step, with values, isolated from the caller. */
  begin<T>(values: ContextValues, fn: () => T): T {
    const step = this.#step;
    if (step === undefined) throw new Error('This recording is over.');
    return enterIsolated(step, values, () => {
      const result = fn();
      // Code that awaits nothing leaves no more than this: its promise is settled before it can be followed.
      this.#take(undefined, false);
      this.follow(result);
      return result;
    });
  }

  /** Captures once more as a promise settles. When a foreign thenable does is unknown. */
  follow(promise: unknown): void {
    if (this.#step === undefined || !types.isPromise(promise)) return;
    this.#unfollow?.();
    this.#unfollow = undefined;
    this.#promise = promise;
    if (this.#before !== undefined) this.#listen();
  }

  /** Captures now, and for good: the set-up called `use()` here. */
  capture(): void {
    if (currentStep() === this.#step) this.#take(undefined, false);
    this.stop();
  }

  /** The values captured so far. */
  values(): ContextValues {
    return this.#captured === undefined ? NONE : [...this.#captured];
  }

  /** Ends the recording. Has to be called. */
  stop(): void {
    this.#unfollow?.();
    if (this.#step !== undefined) this.#step.touched = undefined;
    this.#step = this.#before = this.#promise = this.#unfollow = undefined;
  }

  #touched(storage: Storage): void {
    this.#before ??= new Map();
    if (this.#before.has(storage)) return;
    this.#before.set(storage, valueIn(storage));
    if (this.#promise !== undefined && this.#unfollow === undefined) this.#listen();
  }

  #listen(): void {
    const promise = this.#promise!;
    this.#unfollow = whenSettling(promise, ({ inJob, returned }) => {
      // Where other code settled it, the values here are that code's: the first capture stands.
      if (currentStep() === this.#step) this.#take(storagesAround(promise), inJob);
      if (returned !== undefined) this.#takeFrom(returned);
    });
  }

  /** Captures what the touched storages hold here, except those in `apart`. */
  #take(apart: ReadonlySet<Storage> | undefined, keep: boolean): void {
    if (this.#before === undefined) return;
    for (const [storage, before] of this.#before) {
      if (apart?.has(storage)) continue;
      const value = valueIn(storage);
      if (!Object.is(value, before)) this.#set(storage, value);
      else if (!keep) this.#captured?.delete(storage);
    }
  }

  /**
   * Captures what they held where the returned promise was made, the nearest known point to the `return`. Values may
   * have been entered after that, so this takes nothing back.
   */
  #takeFrom(returned: object): void {
    if (valueAtBirth(returned, processState.steps as Storage)?.value !== this.#step?.carried) return;
    const apart = storagesAround(returned);
    for (const [storage, before] of this.#before!) {
      const held = apart?.has(storage) ? undefined : valueAtBirth(returned, storage);
      if (held !== undefined && !Object.is(held.value, before)) this.#set(storage, held.value);
    }
  }

  #set(storage: Storage, value: unknown): void {
    this.#captured ??= new Map();
    this.#captured.set(storage, value);
  }
}

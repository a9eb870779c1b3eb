import { currentStep, type Step } from '../loop/steps/step';
import { types } from '../node/util';
import { worker } from '../process/store';
import { type ContextValues, enterIsolated } from './enter';
import { type Storage, valueAtBirth, valueIn } from './storage';
import { storagesAround } from './watch';
import { whenSettling } from './when-settling';

const NONE: ContextValues = [];

/**
 * What the set-up of a fixture, or a hook, leaves in AsyncLocalStorages. It counts what the set-up's own code sees as
 * it ends, wherever it entered that; what only branches of it saw (a request handler, an `als.run()` that is over)
 * does not. Needs `watchContext()`.
 */
export class Recording {
  /** Undefined once it is over. */
  #step: Step | undefined;
  /** What each touched storage held before. All of a step's code descends from its start, so the first touch tells. */
  #before: Map<Storage, unknown> | undefined;
  #captured: Map<Storage, unknown> | undefined;
  #promise: object | undefined;
  #unfollow: (() => void) | undefined;

  constructor(step: Step) {
    this.#step = step;
    step.touched = storage => this.#touched(storage as Storage);
  }

  /**
   * Calls `fn` in the step, with values, isolated from the caller. May be called again, for a generator that goes on
   * after what it yielded was rejected.
   */
  begin<T>(values: ContextValues, fn: () => T): T {
    const step = this.#step;
    if (step === undefined) throw new Error('This recording is over.');
    return enterIsolated(step, values, () => {
      const result = fn();
      // All there is to capture where nothing was awaited: such a promise is settled before anybody can follow it.
      this.#take(undefined, false);
      this.follow(result);
      return result;
    });
  }

  /** Captures once more as a promise settles. Nobody can tell when a foreign thenable does. */
  follow(promise: unknown): void {
    if (this.#step === undefined || !types.isPromise(promise)) return;
    this.#unfollow?.();
    this.#unfollow = undefined;
    this.#promise = promise;
    if (this.#before !== undefined) this.#listen();
  }

  /** Captures now and for good: `use()` was called, here. */
  capture(): void {
    if (currentStep() === this.#step) this.#take(undefined, false);
    this.stop();
  }

  /** What was captured until now. */
  values(): ContextValues {
    return this.#captured === undefined ? NONE : [...this.#captured];
  }

  /** The set-up is over. Has to be called. */
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
      // Settled by somebody else, what is there is theirs: what was captured at first remains.
      if (currentStep() === this.#step) this.#take(storagesAround(promise), inJob);
      if (returned !== undefined) this.#takeFrom(returned);
    });
  }

  /** Notes what touched storages hold here, apart from some. */
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
   * Notes what they held where the promise was made that the set-up returned: nothing is closer to its `return`. It
   * may have been made before something was entered, so this takes nothing back.
   */
  #takeFrom(returned: object): void {
    if (valueAtBirth(returned, worker.steps as Storage)?.value !== this.#step?.carried) return;
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

import * as promises from '../node/promise';
import { activeStep } from './steps/current-step';
import { type Few, listOf, minus, plus } from './steps/few';
import type { WorkOwner } from './steps/pending-work';
import { refused, startWait, type Wait } from './steps/wait';

/**
 * The outcome of a task or future, and the waits for it. Cancelling the waiting code ends its wait, not the work, and
 * leaves nothing behind. A promise is only made for code outside of Loops.
 */
export class Outcome<T> {
  #state: 'pending' | 'fulfilled' | 'rejected' = 'pending';
  #result: unknown;
  #waiters: Few<Wait>;
  #promise: Promise<T> | undefined;
  #resolve!: (value: unknown) => void;
  #reject!: (error: unknown) => void;
  #asked = false;

  /** Whether any code waits for it or has its promise. */
  get awaited(): boolean {
    return this.#promise !== undefined || this.#waiters !== undefined;
  }

  /** Whether any code has ever waited for it. */
  get asked(): boolean {
    return this.#asked;
  }

  /** Its error, if it was rejected. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#state === 'rejected' ? { error: this.#result } : undefined;
  }

  /** The one promise for code outside of Loops. */
  get promise(): Promise<T> {
    this.#asked = true;
    this.#promise ??=
      this.#state === 'fulfilled'
        ? promises.resolve(this.#result as T)
        : this.#state === 'rejected'
          ? promises.reject(this.#result)
          : new Promise<T>((resolve, reject) => {
              this.#resolve = resolve as (value: unknown) => void;
              this.#reject = reject;
            });
    return this.#promise;
  }

  /** A promise of it for the current code. */
  wait(label: string): Promise<T> {
    const step = activeStep();
    const loop = step?.loop as WorkOwner | null | undefined;
    if (this.#state !== 'pending' || loop === undefined || loop === null || loop.closed) return this.promise;
    this.#asked = true;
    return startWait<T>(loop, step, label, undefined, wait => {
      this.#waiters = plus(this.#waiters, wait);
      wait.source = this;
    });
  }

  /** Removes a wait that has ended. */
  leave(wait: Wait): void {
    this.#waiters = minus(this.#waiters, wait);
  }

  /** Fulfils it with a value, not a promise. */
  fulfil(value: T): void {
    const waiters = this.#settle('fulfilled', value);
    if (this.#promise !== undefined) this.#resolve(value);
    for (const wait of waiters) wait.succeed(value);
  }

  /** Rejects it; without a wait, silently. */
  reject(error: unknown): void {
    const waiters = this.#settle('rejected', error);
    if (this.#promise !== undefined) this.#reject(error);
    for (const wait of waiters) wait.fail(error);
    // The waits have handled it.
    if (waiters.length > 0 && this.#promise === undefined) this.#promise = refused(error);
  }

  #settle(state: 'fulfilled' | 'rejected', result: unknown): Wait[] {
    const waiters = listOf(this.#waiters);
    this.#waiters = undefined;
    this.#state = state;
    this.#result = result;
    return waiters;
  }
}

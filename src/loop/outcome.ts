import * as promises from '../node/promise';
import { stepHere } from './steps/current-step';
import type { WorkOwner } from './steps/pending-work';
import { type Few, listOf, minus, plus, refused, startWait, type Wait } from './steps/wait';

/**
 * What a task or future comes to, and those who wait for it. A cancellation of who waits ends the wait, not the work,
 * and leaves nothing behind. A promise is only made for those who wait outside of Loops.
 */
export class Outcome<T> {
  #state: 'pending' | 'fulfilled' | 'rejected' = 'pending';
  #result: unknown;
  #waiters: Few<Wait>;
  #promise: Promise<T> | undefined;
  #resolve!: (value: unknown) => void;
  #reject!: (error: unknown) => void;
  #asked = false;

  /** Whether somebody waits for it, or has it. */
  get awaited(): boolean {
    return this.#promise !== undefined || this.#waiters !== undefined;
  }

  /** Whether somebody has ever waited for it. */
  get asked(): boolean {
    return this.#asked;
  }

  /** Whether it is an error; then that. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#state === 'rejected' ? { error: this.#result } : undefined;
  }

  /** The same promise for all who ask for it. */
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

  /** A promise of it for whoever asks now. */
  wait(label: string): Promise<T> {
    const step = stepHere();
    const loop = step?.loop as WorkOwner | null | undefined;
    if (this.#state !== 'pending' || loop === undefined || loop === null || loop.closed) return this.promise;
    this.#asked = true;
    return startWait<T>(loop, step, label, undefined, wait => {
      this.#waiters = plus(this.#waiters, wait);
      wait.source = this;
    });
  }

  /** Somebody does not wait any more. */
  leave(wait: Wait): void {
    this.#waiters = minus(this.#waiters, wait);
  }

  /** Gives it a value, which is no promise. */
  fulfil(value: T): void {
    const waiters = this.#settle('fulfilled', value);
    if (this.#promise !== undefined) this.#resolve(value);
    for (const wait of waiters) wait.succeed(value);
  }

  /** Lets it fail. Where nobody waits, nobody is told. */
  reject(error: unknown): void {
    const waiters = this.#settle('rejected', error);
    if (this.#promise !== undefined) this.#reject(error);
    for (const wait of waiters) wait.fail(error);
    // They have it.
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

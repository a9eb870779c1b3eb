import type { Owning } from './owning';
import { currentStep } from './step';
import { waitIn } from './wait';

interface Waiter<T> {
  resolve(value: T): void;
  reject(error: unknown): void;
}

/**
 * The promise of a task or future, and those who wait for it. A cancellation of who waits ends the wait, not the work,
 * and leaves nothing behind.
 */
export class Outcome<T> {
  readonly promise: Promise<T>;
  resolve!: (value: T | PromiseLike<T>) => void;
  reject!: (error: unknown) => void;
  #waiters: Set<Waiter<T>> | undefined;
  /** Somebody has the promise itself. */
  #shared = false;
  /** Those who waited have been told. */
  #told = false;

  /** `lost` is told of an error that all who had waited for it do not wait for any more. */
  constructor(private readonly lost?: (error: unknown) => void) {
    this.promise = new Promise<T>((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  /** Whether somebody waits for it. */
  get awaited(): boolean {
    return this.#shared || (this.#waiters?.size ?? 0) > 0;
  }

  /** A promise of it for whoever asks now: its own where that is known already, or where no Loop is current. */
  wait(label: string): Promise<T> {
    const loop = this.#told ? undefined : (currentStep()?.loop as Owning | null | undefined);
    if (loop === undefined || loop === null || loop.closed) {
      this.#shared = true;
      return this.promise;
    }
    return waitIn<T>(loop, label, undefined, (resolve, reject) => {
      const waiter = { resolve, reject };
      const waiters = this.#listen();
      waiters.add(waiter);
      return () => waiters.delete(waiter);
    });
  }

  #listen(): Set<Waiter<T>> {
    if (this.#waiters !== undefined) return this.#waiters;
    const waiters = new Set<Waiter<T>>();
    this.#waiters = waiters;
    const tell = (call: (waiter: Waiter<T>) => void): void => {
      this.#told = true;
      this.#shared ||= waiters.size > 0;
      for (const waiter of waiters) call(waiter);
      waiters.clear();
    };
    this.promise.then(
      value => tell(waiter => waiter.resolve(value)),
      error => {
        if (!this.awaited) this.lost?.(error);
        tell(waiter => waiter.reject(error));
      },
    );
    return waiters;
  }
}

import { alreadyDone } from '../errors/loop/loop';
import { Outcome } from './outcome';
import { isThenable, toPromise } from './promises';
import { cancellation } from './steps/cancellation';
import { mistake } from './steps/step';

/**
 * An outcome to be set later: `loop.createFuture()`. Awaiting it waits for `setResult` or `setException`.
 * See docs/loops.md.
 */
export class Future<T = unknown> implements PromiseLike<T> {
  #done = false;
  #cancelled = false;
  readonly #outcome = new Outcome<T>();

  /** Whether it is settled. */
  get done(): boolean {
    return this.#done;
  }

  /** Whether it was cancelled. */
  get cancelled(): boolean {
    return this.#cancelled;
  }

  /** Fulfils it. Throws if it is settled. */
  setResult(value: T): void {
    const isLater = isThenable(value);
    this.#settle('setResult()');
    // As of a promise that is resolved with itself.
    if ((value as unknown) === this) this.#fail(new TypeError('Chaining cycle detected for future'));
    else if (!isLater) this.#outcome.fulfil(value);
    else {
      toPromise<unknown>(value).then(
        result => this.#outcome.fulfil(result as T),
        error => this.#fail(error),
      );
    }
  }

  /** Rejects it. Throws if it is settled. */
  setException(error: unknown): void {
    this.#settle('setException()');
    this.#fail(error);
  }

  /** Rejects it with CancelledError; returns false if it is settled. */
  cancel(reason?: unknown): boolean {
    if (this.#done) return false;
    this.#done = true;
    this.#cancelled = true;
    this.#outcome.reject(cancellation(reason));
    return true;
  }

  // biome-ignore lint/suspicious/noThenProperty: a future is awaited
  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#outcome.wait('a future').then(onFulfilled, onRejected);
  }

  /** Like that of a promise. */
  catch<B = never>(onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.then(undefined, onRejected);
  }

  /** Like that of a promise. */
  finally(onFinally?: (() => void) | null): Promise<T> {
    return this.then().finally(onFinally);
  }

  #fail(error: unknown): void {
    this.#outcome.reject(error);
    // Node reports an unhandled error; it is none if the code that awaited it was cancelled.
    if (!this.#outcome.asked) void this.#outcome.promise;
  }

  #settle(call: string): void {
    if (this.#done) throw mistake(alreadyDone('the future', call));
    this.#done = true;
  }
}

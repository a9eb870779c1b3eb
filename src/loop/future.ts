import { alreadyDone } from '../errors/loop';
import { cancellation, loopError } from './cancelled';
import { Outcome } from './outcome';

const ignore = (): void => {};

/**
 * An outcome that somebody sets later: `loop.createFuture()`. Awaiting it waits for `setResult` or `setException`.
 * See docs/loops.md.
 */
export class Future<T = unknown> implements PromiseLike<T> {
  #done = false;
  #cancelled = false;
  readonly #outcome = new Outcome<T>();

  /** Whether it has its outcome. */
  get done(): boolean {
    return this.#done;
  }

  /** Whether that is a cancellation. */
  get cancelled(): boolean {
    return this.#cancelled;
  }

  /** Gives it a value. Throws if it has its outcome already. */
  setResult(value: T): void {
    this.#settle('setResult()');
    this.#outcome.resolve(value);
  }

  /** Lets it fail. Throws if it has its outcome already. */
  setException(error: unknown): void {
    this.#settle('setException()');
    this.#outcome.reject(error);
  }

  /** Rejects it with CancelledError; gives false if it has its outcome already. */
  cancel(reason?: unknown): boolean {
    if (this.#done) return false;
    this.#done = true;
    this.#cancelled = true;
    this.#outcome.promise.catch(ignore);
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

  /** As of a promise. */
  catch<B = never>(onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.then(undefined, onRejected);
  }

  /** As of a promise. */
  finally(onFinally?: (() => void) | null): Promise<T> {
    return this.then().finally(onFinally);
  }

  #settle(call: string): void {
    if (this.#done) throw loopError(alreadyDone('the future', call));
    this.#done = true;
  }
}

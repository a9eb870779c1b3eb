import type { Failure } from '../../fixtures/life/ports';
import { turn } from '../../process/real-time';
import type { TestEntry } from '../file/circus';
import { originalOf } from '../report/error-copies';
import { reported } from '../report/file-owner';
import type { AttemptOfRun } from './file-run';

/** What is reported for one attempt of a test: each error once, and for the attempt that it belongs to. */
export class AttemptErrors {
  /** The set-ups whose failure has been reported: a hook that asks for the same again is left out. */
  #told: Set<unknown> | undefined;
  #rejections: Map<Promise<unknown>, unknown> | undefined;

  constructor(readonly attempt: AttemptOfRun) {}

  /** Notes that a failure is reported; false where it has been already. */
  tell(failure: Failure): boolean {
    return this.#isNews(failure.instance ?? failure.error, failure.original);
  }

  /** Whether an error has not been reported yet; from now on it has. */
  isNews(error: unknown): boolean {
    return this.#isNews(error, error);
  }

  #isNews(key: unknown, original: unknown): boolean {
    this.#told ??= new Set();
    const isKnown = this.#told.has(key) || this.#told.has(original);
    for (const each of [key, original]) if (typeof each === 'object' && each !== null) this.#told.add(each);
    if (isKnown) return false;
    // A beforeAll hook that asked for it has failed every test of its block, with the very same error.
    return !isReported(this.attempt.entry, original);
  }

  /** Adds one to what is reported: after the body's own, while that runs. `promise` was rejected with it. */
  add(error: unknown, promise?: unknown): void {
    const { attempt } = this;
    const { entry, fileRun } = attempt;
    if (promise !== undefined) {
      this.#rejections ??= new Map();
      this.#rejections.set(promise as Promise<unknown>, error);
    }
    if (attemptNumber(entry) !== attempt.number) {
      // It was run again since, for its failure: this goes with what it had failed for.
      entry.retryReasons.push([reported(fileRun.testFile, error), entry.asyncError]);
    } else if (attempt.outcomeTaken) {
      if (!isReported(entry, error)) entry.errors.push([reported(fileRun.testFile, error), entry.asyncError]);
    } else {
      const more = fileRun.moreErrors.get(entry);
      if (more === undefined) fileRun.moreErrors.set(entry, [error]);
      else more.push(error);
    }
  }

  /** Node tells of a rejection that is handled after all when the turn is over: undefined where nobody waits for it. */
  mayBeHandled(): Promise<void> | undefined {
    return this.#rejections === undefined || this.#rejections.size === 0 ? undefined : turn();
  }

  /** A rejection was handled after all. */
  handled(promise: Promise<unknown>): void {
    const error = this.#rejections?.get(promise);
    if (error === undefined) return;
    this.#rejections!.delete(promise);
    const { entry, fileRun } = this.attempt;
    for (const errors of [entry.errors, fileRun.moreErrors.get(entry) ?? []]) {
      const at = errors.findIndex(each => error === (Array.isArray(each) ? each[0] : each));
      if (at >= 0) errors.splice(at, 1);
    }
  }

  /** What is told is as it is now. */
  finish(): void {
    this.#rejections = undefined;
  }
}

/** Whether Jest has an error of a test already, in whatever words. */
export function isReported({ errors }: TestEntry, error: unknown): boolean {
  const original = originalOf(error);
  // Two of the same text are two errors.
  if (typeof original !== 'object' || original === null) return false;
  return errors.some(each => originalOf(Array.isArray(each) ? each[0] : each) === original);
}

/** From 1; a retried test is started again. */
export function attemptNumber({ invocations }: TestEntry): number {
  return Math.max(1, invocations);
}

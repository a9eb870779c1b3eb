import type { Failure } from '../../../fixtures/life/interfaces/views';
import { turn } from '../../../process/real-time';
import type { TestEntry } from '../../file/circus';
import { addPlaceOf } from '../../report/add-place';
import { originalOf, removeError } from '../../report/error-copies';
import { reported } from '../../report/test-file-owner';
import type { RunningAttempt } from '../state/file-run';

/** The errors reported for one attempt of a test: each once, and for the attempt it belongs to. */
export class AttemptErrors {
  /** Failed set-ups and errors that are reported: a hook that needs the same fixture adds nothing. */
  #reported: Set<unknown> | undefined;
  #rejections: Map<Promise<unknown>, unknown> | undefined;

  constructor(readonly attempt: RunningAttempt) {}

  /** The same for a failed set-up. */
  markFailure(failure: Failure): boolean {
    return this.#mark(failure.instance ?? failure.error, failure.original);
  }

  /** Marks an error as reported. True if it was new. */
  markReported(error: unknown): boolean {
    return this.#mark(error, error);
  }

  #mark(key: unknown, original: unknown): boolean {
    this.#reported ??= new Set();
    const isKnown = this.#reported.has(key) || this.#reported.has(original);
    for (const each of [key, original])
      if (typeof each === 'object' && each !== null) this.#reported.add(each);
    if (isKnown) return false;
    // A beforeAll hook that needed the fixture has failed every test of its block with this very error.
    return !isReported(this.attempt.entry, original);
  }

  /** Reports an error: after the body's own while the body runs. `promise` was rejected with it. */
  add(thrown: unknown, promise?: unknown): void {
    const { attempt } = this;
    const { entry, fileRun, requester } = attempt;
    if (fileRun.testFile.info.ended) {
      // Jest has the results of the file.
      fileRun.errors.addLate(thrown, attempt);
      return;
    }
    if (promise !== undefined) {
      this.#rejections ??= new Map();
      this.#rejections.set(promise as Promise<unknown>, thrown);
    }
    const error = addPlaceOf(fileRun.testFile.realm, thrown, 'test', requester.site);
    if (attemptNumber(entry) !== attempt.number) {
      // A retry is running: the error joins those that this attempt failed with.
      entry.retryReasons.push([reported(fileRun.testFile, error), entry.asyncError]);
    } else if (attempt.outcomeTaken) {
      if (!isReported(entry, error)) entry.errors.push([reported(fileRun.testFile, error), entry.asyncError]);
    } else {
      const more = fileRun.moreErrors.get(entry);
      if (more === undefined) fileRun.moreErrors.set(entry, [error]);
      else more.push(error);
    }
  }

  /** An error from around the body is not the failure that `test.failing` expects: there it is reported separately. */
  addAround(error: unknown): void {
    if (this.attempt.entry.failing && this.markReported(error)) this.add(error);
  }

  /** Resolves when a rejection that is handled late would have been: at the end of the turn. Undefined without one. */
  mayBeHandled(): Promise<void> | undefined {
    return this.#rejections === undefined || this.#rejections.size === 0 ? undefined : turn();
  }

  /** A rejection was handled after all. */
  handled(promise: Promise<unknown>): void {
    if (this.#rejections === undefined || !this.#rejections.has(promise)) return;
    const error = this.#rejections.get(promise);
    this.#rejections.delete(promise);
    const { entry, fileRun } = this.attempt;
    removeError(entry.errors, error);
    removeError(fileRun.moreErrors.get(entry) ?? [], error);
  }

  /** From now on nothing is taken back. */
  settle(): void {
    this.#rejections = undefined;
  }
}

/** Whether Jest has an error of a test already, perhaps as a copy. */
export function isReported({ errors }: TestEntry, error: unknown): boolean {
  const original = originalOf(error);
  // Two primitives with the same text are two errors.
  if (typeof original !== 'object' || original === null) return false;
  return errors.some(each => originalOf(Array.isArray(each) ? each[0] : each) === original);
}

/** From 1; each retry is a further attempt. */
export function attemptNumber({ invocations }: TestEntry): number {
  return Math.max(1, invocations);
}

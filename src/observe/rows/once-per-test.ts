import { getOrMake } from '../../util/get-or-make';
import type { Id, TimedEvent } from '../events/event';

/** An attempt of a test, or an each-hook of one. */
interface Attempt {
  /** The first attempt, which stands for the test. */
  readonly first: Id;
  readonly isRetry: boolean;
}

/**
 * What each test does for the first time, over all of its attempts: what failed in the first one, or what that did not
 * reach, may come with a later one. Its memory grows with the tests of the files under way.
 */
export class OncePerTest<T> {
  /** By the first attempt. */
  readonly #used = new Map<Id, Set<T>>();
  readonly #asked = new Map<Id, Set<T>>();
  /** The first attempts in each file under way. */
  readonly #ofFiles = new Map<Id, Id[]>();
  /** Retries and each-hooks under way. */
  readonly #attempts = new Map<Id, Attempt>();

  /** To be called with each event before its effects are. */
  begins(event: TimedEvent): void {
    if (event.type === 'test-begin') {
      if (event.first !== undefined) this.#attempts.set(event.test, { first: event.first, isRetry: true });
      else getOrMake(this.#ofFiles, event.file, () => []).push(event.test);
    } else if (event.type === 'hook-begin' && event.test !== undefined)
      this.#attempts.set(event.hook, this.#attemptOf(event.test));
  }

  /** To be called with each event after its effects are. */
  ends(event: TimedEvent): void {
    if (event.type === 'test-end') this.#attempts.delete(event.test);
    else if (event.type === 'hook-end') this.#attempts.delete(event.hook);
    else if (event.type === 'file-end') {
      for (const first of this.#ofFiles.get(event.file) ?? []) {
        this.#used.delete(first);
        this.#asked.delete(first);
      }
      this.#ofFiles.delete(event.file);
    }
  }

  /** An attempt uses something. Returns whether none of the test has done so before. */
  uses(attempt: Id, what: T): boolean {
    return isNew(this.#used, this.#attemptOf(attempt).first, what);
  }

  /** An attempt or each-hook has something set up. Returns whether that is not for the same as in an earlier attempt. */
  asks(by: Id, what: T): boolean {
    const { first, isRetry } = this.#attemptOf(by);
    return isNew(this.#asked, first, what) || !isRetry;
  }

  #attemptOf(id: Id): Attempt {
    return this.#attempts.get(id) ?? { first: id, isRetry: false };
  }
}

function isNew<T>(known: Map<Id, Set<T>>, test: Id, what: T): boolean {
  const all = getOrMake(known, test, () => new Set());
  const { size } = all;
  return all.add(what).size > size;
}

import type { ErrorFactory } from '../../errors/problem';
import { interrupted } from '../../errors/project/interrupt';
import { originalOf } from '../report/error-copies';

/** The errors that say that the run was interrupted. They end tests and hooks, and are no failures. */
export class InterruptErrors {
  readonly #made = new WeakSet<object>();

  /** A new one for each abort: what the aborted function throws becomes its cause. */
  make(makeError: ErrorFactory): Error {
    const error = makeError(interrupted());
    this.#made.add(error);
    return error;
  }

  /** Removes what says only that the run was interrupted, and leaves what else went wrong. */
  removeFrom(errors: unknown[]): void {
    const kept = errors.flatMap(each => {
      const [error, ...rest]: unknown[] = Array.isArray(each) ? each : [each];
      if (typeof error === 'object' && error !== null) {
        const original = originalOf(error) as Error;
        // The main process makes the error for a fixture of scope `session`.
        if (this.#made.has(original) || isInterrupted(original)) {
          if (original !== error || original.cause === undefined) return [];
          return [Array.isArray(each) ? [original.cause, ...rest] : original.cause];
        }
      }
      return saysUnfinished(error) ? [] : [each];
    });
    errors.splice(0, errors.length, ...kept);
  }
}

/** Whether an error, perhaps one from the main process, says that the run was interrupted. */
export function isInterrupted(error: unknown): boolean {
  return (Object(originalOf(error)) as { readonly code?: unknown }).code === 'ERR_INTERRUPTED';
}

/** Jest's messages for a test that did not finish: its time was up, or it did not reach an `expect`. */
function saysUnfinished(error: unknown): boolean {
  const message: unknown = typeof error === 'string' ? error : (Object(error) as Partial<Error>).message;
  if (typeof message !== 'string') return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours of Jest's messages
  const text = message.replace(/\u001B\[\d+m/g, '');
  return /^(Exceeded timeout of |expect\.(assertions|hasAssertions)\()/.test(text);
}

import { inspect } from '../../node/util';
import type { Problem } from '../problem';

/** An error after its file ended, when no test could report it. */
export interface LateError {
  /** The test file, relative to `rootDir`. */
  readonly file: string;
  /** What started it: `test "adds"`. */
  readonly startedBy: string;
  readonly error: unknown;
}

const HEADLINE = 'jest-loop: an error after its file ended';

/** The text to print; its first line is the headline. */
export function lateText({ file, startedBy, error }: LateError): string {
  return [HEADLINE, `file: ${file}`, `started by: ${startedBy}`, ...textOf(error).split('\n')].join('\n  ');
}

/** The stack with causes and properties; any other value as `thrown: …`. */
function textOf(error: unknown): string {
  try {
    const text = inspect(error);
    if (typeof (Object(error) as { stack?: unknown }).stack !== 'string') return `thrown: ${text}`;
    // `inspect` shows an error without frames in brackets.
    return /^\[[^\n]*\]$/.test(text) ? text.slice(1, -1) : text;
  } catch {
    return 'thrown: a value that cannot be shown';
  }
}

/** An error of a test, hook or fixture that has ended, or was given up after its time limit. */
export function lateError(label: string, text: string, givenUp: boolean): Problem {
  return {
    code: 'ERR_LATE',
    message: `An error of ${label} after it ${givenUp ? 'was given up' : 'ended'}: ${text}`,
  };
}

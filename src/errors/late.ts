import { inspect } from '../node/util';

/** An error that came when nobody was there any more to report it. */
export interface LateError {
  /** The test file, as the user knows it. */
  readonly file: string;
  /** What started it: `test "adds"`. */
  readonly startedBy: string;
  readonly error: unknown;
}

const HEADLINE = 'jest-loop: an error after its file had ended';

/** What is printed of it: the headline is its first line. */
export function lateError({ file, startedBy, error }: LateError): string {
  return [HEADLINE, `file: ${file}`, `started by: ${startedBy}`, ...textOf(error).split('\n')].join('\n  ');
}

/** The stack with causes and properties; other values as what was thrown. */
function textOf(error: unknown): string {
  try {
    const text = inspect(error);
    if (typeof (Object(error) as { stack?: unknown }).stack !== 'string') return `thrown: ${text}`;
    // That is how an error without frames is shown.
    return /^\[[^\n]*\]$/.test(text) ? text.slice(1, -1) : text;
  } catch {
    return 'thrown: a value that cannot be shown';
  }
}

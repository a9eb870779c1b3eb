import { show } from '../../errors/show';
import type { TestEntry } from '../file/circus';
import type { TestFile } from '../file/test-file';
import { apartWithStack } from '../report/error-copies';

/** Ends the report of a failed test with these lines: after the stack of its last error Jest shows them as they are. */
export function addToReport(testFile: TestFile, entry: TestEntry, lines: readonly string[]): void {
  const last = entry.errors.at(-1);
  const [given, asyncError] = Array.isArray(last) ? (last as unknown[]) : [last, undefined];
  const end = lines.map(line => `\n${line}`).join('\n');
  const error = hasStack(given) ? given : shownByJest(testFile, given, asyncError);
  const longer = apartWithStack(testFile.realm, error, stack => `${stack.trimEnd()}\n${end}`);
  entry.errors[entry.errors.length - 1] = [longer, asyncError];
}

function hasStack(error: unknown): error is Error {
  const { stack } = Object(error) as { stack?: unknown };
  return typeof stack === 'string' && stack !== '';
}

/** A thrown value that is no error, as Jest shows it: with the place of the test. */
function shownByJest({ realm }: TestFile, thrown: unknown, asyncError: unknown): Error {
  const error = new realm.Error(`thrown: ${typeof thrown === 'string' ? `"${thrown}"` : show(thrown)}`);
  const frames = String((Object(asyncError) as { stack?: unknown }).stack ?? '')
    .split('\n')
    .filter(line => /^\s*at /.test(line));
  error.stack = [`Error: ${error.message}`, ...frames].join('\n');
  return error;
}

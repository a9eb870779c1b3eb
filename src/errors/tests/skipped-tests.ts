import { FIRST_SEEN } from '../first-seen';

/** Stands before the reason in what `request.skip` throws. */
export const SKIPPED = 'Skipped: ';

const MARK = new RegExp(` ${FIRST_SEEN}$`);

/** The reason in such an error's message; undefined where none was given. */
export function reasonIn(message: string): string | undefined {
  if (!message.startsWith(SKIPPED)) return undefined;
  return message.slice(SKIPPED.length).replace(MARK, '');
}

/** The tests of a file that were skipped with a reason: Jest has no place for it. */
export function skipReasons(
  reasons: readonly (readonly [test: string, reason: string])[],
  file?: string,
): string {
  return [
    file === undefined ? 'Skipped:' : `Skipped in ${file}:`,
    ...reasons.map(([test, reason]) => `  ${test}: ${reason}`),
  ].join('\n');
}

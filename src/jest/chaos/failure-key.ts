import { FIRST_SEEN } from '../../errors/first-seen';
import { siteOfError } from '../report/sites';

/** Equal for failures that count as the same: the first line of an error in circus' list, and where it was made. */
export function failureKey(listed: unknown, rootDir: string): string {
  const error: unknown = Array.isArray(listed) ? (listed[0] as unknown) : listed;
  try {
    const { message } = Object(error) as { message?: unknown };
    const text = String(typeof message === 'string' ? message : error).split('\n', 1)[0]!;
    const { at = '' } = siteOfError(Object(error), rootDir);
    // A wider set-up that failed is remembered for all further attempts.
    return `${text.replace(MARK, '')} ${at}`;
  } catch {
    // It has no text.
    return '';
  }
}

const MARK = new RegExp(` ${FIRST_SEEN}$`);

import { reasonIn } from '../../errors/tests/skipped-tests';
import type { ObservedError, Outcome } from '../events/event';

/** ` (uses db, server)`; nothing without names. */
export function usesText(names: readonly string[]): string {
  const sorted = [...new Set(names)].filter(name => name !== 'request').sort();
  return sorted.length === 0 ? '' : ` (uses ${sorted.join(', ')})`;
}

/** `failed: no luck`, with the first line of the error; `skipped: no network`, or `skipped` without a reason. */
export function endText(outcome: Outcome, { message }: ObservedError = { message: '' }): string {
  const why = outcome === 'skipped' ? reasonIn(message) : message.split('\n', 1)[0];
  return why === undefined ? outcome : `${outcome}: ${why}`;
}

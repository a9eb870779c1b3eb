import type { Item } from '../loop/item';
import { siteOfError } from './sites';

/** A piece of pending work as messages show it: `setTimeout(fn, 500), set at test/a.test.ts:3`. */
export function describeItem(item: Item, rootDir: string): string {
  const at = item.site === undefined ? undefined : siteOfError(item.site, rootDir).at;
  return at === undefined ? item.describe() : `${item.describe()} at ${at}`;
}

/** Whether it is a timer that somebody forgot: one that would keep a process alive. */
export function isLeftover(item: Item): boolean {
  if (!item.alive || item.kind === 'task') return false;
  // Waits for a time know where they began; those for a task or future are nobody's timer. A task ends with its Loop.
  if (item.kind === 'wait') return item.site !== undefined && item.step?.task === undefined;
  const { handle } = item as { handle?: { hasRef?(): boolean } };
  return handle?.hasRef?.() ?? true;
}

import type { DescribeBlock, TestEntry } from '../file/circus';

/** The titles of the describe blocks around a test, outermost first, and its own. */
export function titlesOf({ parent, name }: TestEntry): string[] {
  return [...titlesAround(parent), name];
}

/** The titles of a block and those around it, outermost first. */
export function titlesAround(block: DescribeBlock | undefined): string[] {
  const titles: string[] = [];
  for (let each = block; each?.parent; each = each.parent) titles.unshift(each.name);
  return titles;
}

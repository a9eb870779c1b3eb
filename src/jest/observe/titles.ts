import type { DescribeBlock, TestEntry } from '../file/circus';

/** The titles of the describe blocks around a test, outermost first, and its own. */
export function titlesOf(entry: TestEntry): string[] {
  const titles = [entry.name];
  for (let block: DescribeBlock | undefined = entry.parent; block?.parent; block = block.parent)
    titles.unshift(block.name);
  return titles;
}

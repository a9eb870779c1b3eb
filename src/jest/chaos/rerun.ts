import type { DescribeBlock, TestEntry } from '../file/circus';
import type { TestFile } from '../file/test-file';

/** Jest's record of the snapshots of a file. */
interface Snapshots {
  clear?(entry: TestEntry): void;
}

/**
 * Makes Jest run a test once more, from its `test_done`: Jest takes the next test of a block from its list only when the
 * one before is done.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-circus/src/run.ts (_runTestsForDescribeBlock)
 */
export function rerun({ jest }: TestFile, entry: TestEntry): void {
  const { children } = entry.parent;
  children.splice(children.lastIndexOf(entry) + 1, 0, entry);
  // As for a retry: it counts its snapshots from the first again.
  const { getState } = jest.expect as { getState?: () => { snapshotState?: Snapshots } };
  getState?.().snapshotState?.clear?.(entry);
}

/** Leaves each test of a block once in Jest's list. */
export function withoutReruns(block: DescribeBlock): void {
  const once = new Set(block.children);
  if (once.size < block.children.length) block.children.splice(0, block.children.length, ...once);
}

import type { DescribeBlock } from '../file/circus';
import type { TestFile } from '../file/test-file';
import type { PlannedEntries } from './plan-entries';
import { plainRow } from './rows';

/** Writes the parts of the plan that concern Jest's tree: mistakes, variants, and tests that stay Jest's. */
export function applyPlan(testFile: TestFile, plan: PlannedEntries, blocks: readonly DescribeBlock[]): void {
  for (const { entry: hook, error } of plan.hookMistakes) {
    testFile.hooks.delete(hook);
    hook.fn = () => {
      throw error;
    };
  }
  for (const hook of plan.plainHooks) testFile.hooks.delete(hook);
  for (const { entry, error } of plan.testMistakes) {
    // Reported before the test runs, so that Jest neither runs nor retries it.
    entry.errors.push([error, entry.asyncError]);
    entry.fn = () => {};
  }
  for (const [entry, callee] of plan.plainRows) entry.fn = plainRow(callee);
  if (plan.variants.size === 0) return;
  for (const block of blocks) {
    block.children = block.children.flatMap((child): readonly (typeof child)[] =>
      child.type === 'test' ? (plan.variants.get(child) ?? [child]) : [child],
    );
    block.tests = block.tests.flatMap(test => plan.variants.get(test) ?? [test]);
  }
}

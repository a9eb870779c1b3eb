import type { DescribeBlock, Hook, State, TestEntry } from '../file/circus';
import type { Callee } from '../file/registered';
import type { TestFile } from '../file/test-file';
import { expandTests } from './expand-tests';
import type { AllHookPlan, Mistake, Planned, ValueUses } from './plan';
import { planAllHooks } from './plan-hooks';
import type { Planner } from './planner';

/** The plans of a file's tests and hooks, as data: nothing is written to Jest's tree yet. */
export interface PlannedEntries {
  /** The tests that will run, variants included. */
  readonly tests: readonly Planned[];
  /** The beforeAll and afterAll hooks that request fixtures; grouping adds those of its parts. */
  readonly allHooks: Map<Hook, AllHookPlan>;
  /** Hooks with a default parameter that request nothing which the project declares. */
  readonly plainHooks: readonly Hook[];
  readonly testMistakes: readonly Mistake<TestEntry>[];
  readonly hookMistakes: readonly Mistake<Hook>[];
  /** Tests of `.each` that are not managed: each gets its function back. */
  readonly plainRows: ReadonlyMap<TestEntry, Callee>;
  /** The variants that take the place of a registered test. */
  readonly variants: ReadonlyMap<TestEntry, readonly TestEntry[]>;
  readonly uses: ValueUses;
}

/** Plans the tests and hooks of a file. */
export function planEntries(
  testFile: TestFile,
  planner: Planner,
  state: State,
  blocks: readonly DescribeBlock[],
): PlannedEntries {
  const {
    plans: allHooks,
    mistakes: hookMistakes,
    plain: plainHooks,
  } = planAllHooks(testFile, planner, blocks);
  const expanded = blocks.map(block => expandTests(testFile, planner, state, block, allHooks));
  return {
    tests: expanded.flatMap(({ planned }) => planned),
    allHooks,
    plainHooks,
    testMistakes: expanded.flatMap(({ mistakes }) => mistakes),
    hookMistakes,
    plainRows: new Map(expanded.flatMap(({ plainRows }) => [...plainRows])),
    variants: new Map(expanded.flatMap(({ variants }) => [...variants])),
    uses: new Map(expanded.flatMap(({ uses }) => [...uses])),
  };
}

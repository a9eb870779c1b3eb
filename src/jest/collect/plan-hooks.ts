import { hookScopeMismatch } from '../../errors/lookup';
import type { Asker } from '../../errors/site';
import type { Namespace } from '../../fixtures/declare/declaration';
import type { TestType } from '../../fixtures/declare/test-type';
import { inOrder } from '../../fixtures/resolve/order';
import type { Dependency, ResolvedFixture } from '../../fixtures/resolve/resolved';
import { PLAIN, type Variant } from '../../fixtures/resolve/variants';
import type { DescribeBlock, Hook } from '../file/circus';
import type { Group } from '../file/groups';
import type { TestFile } from '../file/test-file';
import { fixturesOf, type Planner } from './needs';

/** What a beforeAll or afterAll hook gets. */
export interface AllHookPlan {
  readonly describe: DescribeBlock;
  readonly block: Namespace;
  readonly testType: TestType;
  readonly passesDeps: boolean;
  readonly dependencies: readonly Dependency[];
  readonly order: readonly ResolvedFixture[];
  /** The values of parametrised fixtures that it runs with. */
  readonly variant: Variant;
  readonly group: Group | undefined;
  readonly asker: Asker;
}

/** Whether a hook runs once for its block. */
export const isAll = ({ type }: Hook): boolean => type === 'beforeAll' || type === 'afterAll';

/** What the beforeAll and afterAll hooks ask for. One with a mistake throws it when it runs. */
export function planAllHooks(
  testFile: TestFile,
  planner: Planner,
  blocks: readonly DescribeBlock[],
): Map<Hook, AllHookPlan> {
  const plans = new Map<Hook, AllHookPlan>();
  for (const describe of blocks) {
    for (const hook of describe.hooks) {
      if (!isAll(hook) || !testFile.hooks.has(hook)) continue;
      try {
        const plan = planAllHook(testFile, planner, describe, hook);
        if (plan !== undefined) plans.set(hook, plan);
      } catch (error) {
        hook.fn = () => {
          throw error;
        };
        testFile.hooks.delete(hook);
      }
    }
  }
  return plans;
}

function planAllHook(
  testFile: TestFile,
  planner: Planner,
  describe: DescribeBlock,
  hook: Hook,
): AllHookPlan | undefined {
  const meta = testFile.hooks.get(hook)!;
  if (meta.problem !== undefined) throw testFile.makeError(meta.problem);
  const block = testFile.blockOf(describe);
  const asker = planner.askerOf(hook);
  const asked = planner.asked(meta, block, meta.testType);
  if (asked === undefined) {
    testFile.hooks.delete(hook);
    return undefined;
  }
  const scope = block.outermostDescribe === undefined ? 'file' : 'describe';
  const dependencies = planner.dependenciesOf(asked, block, meta.testType, asker, scope);
  const roots = fixturesOf(dependencies);
  for (const { scope, declaration } of roots) {
    if (scope === 'test') throw testFile.makeError(hookScopeMismatch(asker, declaration, scope));
  }
  return {
    describe,
    block,
    testType: meta.testType,
    passesDeps: true,
    dependencies,
    order: inOrder(roots),
    variant: PLAIN,
    group: undefined,
    asker,
  };
}

import { hookScopeMismatch } from '../../errors/fixtures/lookup';
import { inOrder } from '../../fixtures/resolve/order';
import { PLAIN } from '../../fixtures/resolve/variants';
import { type DescribeBlock, type Hook, isAll } from '../file/circus';
import type { RegisteredHook } from '../file/registered';
import type { TestFile } from '../file/test-file';
import { type AllHookPlan, fixturesOf, type Mistake } from './plan';
import type { Planner } from './planner';

/** The plans of the beforeAll and afterAll hooks that request fixtures. */
export interface AllHookPlans {
  readonly plans: Map<Hook, AllHookPlan>;
  readonly mistakes: readonly Mistake<Hook>[];
  /** Hooks with a default parameter that request nothing which the project declares. */
  readonly plain: readonly Hook[];
}

export function planAllHooks(
  testFile: TestFile,
  planner: Planner,
  blocks: readonly DescribeBlock[],
): AllHookPlans {
  const plans = new Map<Hook, AllHookPlan>();
  const mistakes: Mistake<Hook>[] = [];
  const plain: Hook[] = [];
  for (const describe of blocks) {
    for (const hook of describe.hooks) {
      const registered = isAll(hook) ? testFile.hooks.get(hook) : undefined;
      if (registered === undefined) continue;
      try {
        const plan = planAllHook(testFile, planner, describe, hook, registered);
        if (plan === undefined) plain.push(hook);
        else plans.set(hook, plan);
      } catch (error) {
        mistakes.push({ entry: hook, error });
      }
    }
  }
  return { plans, mistakes, plain };
}

function planAllHook(
  testFile: TestFile,
  planner: Planner,
  describe: DescribeBlock,
  hook: Hook,
  registered: RegisteredHook,
): AllHookPlan | undefined {
  const { testType, problem } = registered;
  if (problem !== undefined) throw testFile.makeError(problem);
  const namespace = testFile.namespaceOf(describe);
  const requester = planner.requesterOf(hook);
  const requested = planner.requestedBy(registered, namespace, testType);
  if (requested === undefined) return undefined;
  const hookScope = namespace.outermostDescribe === undefined ? 'file' : 'describe';
  const dependencies = planner.dependenciesOf(requested, namespace, testType, requester, hookScope);
  const roots = fixturesOf(dependencies);
  for (const { scope, declaration } of roots) {
    if (scope === 'test') throw testFile.makeError(hookScopeMismatch(requester, declaration, scope));
  }
  return {
    describe,
    namespace,
    testType,
    passesDeps: true,
    dependencies,
    order: inOrder(roots),
    variant: PLAIN,
    group: undefined,
    requester,
  };
}

import type { Namespace } from '../../fixtures/declare/declaration';
import { comesFirst } from '../../fixtures/declare/policy-names';
import { ALL_TESTS } from '../../fixtures/declare/test-type';
import { inOrder } from '../../fixtures/resolve/order';
import type { ResolvedFixture } from '../../fixtures/resolve/resolved';
import type { Variant } from '../../fixtures/resolve/variants';
import { type DescribeBlock, type Hook, isAll } from '../file/circus';
import type { TestFile } from '../file/test-file';
import { groupOf, variantOf } from '../file/value-groups';
import type { AllHookPlan, TestPlan } from './plan';
import type { Planner } from './planner';

/**
 * Completes the plans of beforeAll and afterAll hooks: with the group that each runs in, and with the fixtures that are
 * set up before it though no one requests them. Adds a plan for each further hook that runs for managed tests.
 */
export function planHooksAround(
  testFile: TestFile,
  planner: Planner,
  describes: readonly DescribeBlock[],
  requesting: ReadonlyMap<Hook, AllHookPlan>,
  tests: readonly TestPlan[],
): Map<Hook, AllHookPlan> {
  const plans = new Map<Hook, AllHookPlan>();
  const anyLonger = tests.some(({ needs }) => needs.roots.some(outlivesTestUnasked));
  for (const describe of describes) {
    const hooks = describe.hooks.filter(isAll);
    if (hooks.length === 0) continue;
    const namespace = testFile.namespaceOf(describe);
    const group = groupOf(testFile, describe);
    const variant = variantOf(group);
    const unasked = anyLonger ? unaskedAround(namespace, tests, variant) : [];
    const runs = tests.some(({ needs }) => namespace.contains(needs.namespace));
    for (const hook of hooks) {
      const plan = requesting.get(hook);
      if (plan === undefined && !runs) continue;
      const ahead = hook.type === 'beforeAll' ? unasked : [];
      plans.set(hook, {
        describe,
        namespace,
        testType: plan?.testType ?? ALL_TESTS,
        passesDeps: plan !== undefined,
        dependencies: plan?.dependencies ?? [],
        order: inOrder([...ahead, ...(plan?.order ?? [])]),
        variant,
        group,
        requester: plan?.requester ?? planner.requesterOf(hook),
      });
    }
  }
  return plans;
}

/** Set up without a request, for longer than a test. */
function outlivesTestUnasked({ auto, name, scope }: ResolvedFixture): boolean {
  return (auto || comesFirst(name)) && scope !== 'test';
}

/** Those of the tests in a namespace that live at least as long as it: they are up before its beforeAll hooks. */
function unaskedAround(
  namespace: Namespace,
  tests: readonly TestPlan[],
  variant: Variant,
): readonly ResolvedFixture[] {
  const found = tests
    .filter(({ needs }) => namespace.contains(needs.namespace))
    .flatMap(({ needs }) => needs.roots)
    .filter(
      fixture =>
        outlivesTestUnasked(fixture) &&
        fixture.livesIn.contains(namespace) &&
        // Of several values, only the group's is known at this point.
        fixture.varying.every(({ declaration, params }) => params!.length === 1 || variant.has(declaration)),
    );
  return [...new Set(found)];
}

import type { Namespace } from '../../fixtures/declare/declaration';
import { comesFirst } from '../../fixtures/declare/policy-names';
import { ALL_TESTS } from '../../fixtures/declare/test-type';
import { inOrder } from '../../fixtures/resolve/order';
import type { ResolvedFixture } from '../../fixtures/resolve/resolved';
import type { Variant } from '../../fixtures/resolve/variants';
import { worker } from '../../process/store';
import type { AllHookPlan, Planned } from '../collect/plan';
import { type DescribeBlock, type Hook, isAll, NO_TIMEOUT } from '../file/circus';
import type { Callee, UserFn } from '../file/registered';
import { groupOf, variantOf } from '../file/value-groups';
import type { FileRun } from './file-run';
import { runAllHook } from './run-all-hook';
import { runEachHook } from './run-each-hook';
import { runTest } from './run-test';

/** Puts our run in place of the function of each planned test. */
export function wrapTests(fileRun: FileRun, planned: readonly Planned[]): void {
  for (const { entry, plan } of planned) {
    fileRun.plans.set(entry, plan);
    worker.managed.add(entry);
    entry.timeout = NO_TIMEOUT;
    const run: UserFn = function () {
      return runTest(fileRun, entry, plan, this);
    };
    entry.fn = run;
  }
}

/** Puts ours in place of the each-hooks that run for managed tests. */
export function wrapEachHooks(
  fileRun: FileRun,
  blocks: readonly DescribeBlock[],
  planned: readonly Planned[],
): void {
  const managed = new Set(planned.map(({ plan }) => plan.needs.block));
  for (const describe of blocks) {
    const block = fileRun.testFile.namespaceOf(describe);
    const runs = describe.hooks.length > 0 && [...managed].some(each => block.contains(each));
    for (const hook of describe.hooks) {
      if (isAll(hook) || fileRun.testFile.foreignHooks.has(hook)) continue;
      const meta = fileRun.testFile.hooks.get(hook);
      if (meta === undefined && !runs) continue;
      if (meta?.problem !== undefined) {
        const { problem } = meta;
        hook.fn = () => {
          throw fileRun.host.makeError(problem);
        };
        continue;
      }
      wrap(fileRun, hook, (callee, self) => runEachHook(fileRun, hook, callee, self));
    }
  }
}

/** The same for beforeAll and afterAll hooks. */
export function wrapAllHooks(
  fileRun: FileRun,
  blocks: readonly DescribeBlock[],
  plans: ReadonlyMap<Hook, AllHookPlan>,
  planned: readonly Planned[],
): void {
  const anyWide = planned.some(({ plan }) =>
    plan.needs.roots.some(fixture => isUnasked(fixture) && fixture.scope !== 'test'),
  );
  for (const describe of blocks) {
    const hooks = describe.hooks.filter(isAll);
    if (hooks.length === 0) continue;
    const block = fileRun.testFile.namespaceOf(describe);
    const group = groupOf(fileRun.testFile, describe);
    const variant = variantOf(group);
    const wide = anyWide ? wideAutos(block, planned, variant) : [];
    const runs = planned.some(each => block.contains(each.plan.needs.block));
    for (const hook of hooks) {
      const plan = plans.get(hook);
      const ahead = hook.type === 'beforeAll' ? wide : [];
      if (plan === undefined && !runs) continue;
      const whole: AllHookPlan = {
        describe,
        block,
        testType: plan?.testType ?? ALL_TESTS,
        passesDeps: plan !== undefined,
        dependencies: plan?.dependencies ?? [],
        order: inOrder([...ahead, ...(plan?.order ?? [])]),
        variant,
        group,
        requester: plan?.requester ?? fileRun.planner.requesterOf(hook),
      };
      wrap(fileRun, hook, (callee, self) => runAllHook(fileRun, hook, callee, whole, self));
    }
  }
}

/** Whether it is set up though nobody asks. */
function isUnasked({ auto, name }: ResolvedFixture): boolean {
  return auto || comesFirst(name);
}

/** Such fixtures of the tests in a block that live as long as the block or longer: up before its beforeAll. */
function wideAutos(block: Namespace, planned: readonly Planned[], variant: Variant): AllHookPlan['order'] {
  const found = planned
    .filter(({ plan }) => block.contains(plan.needs.block))
    .flatMap(({ plan }) => plan.needs.roots)
    .filter(
      fixture =>
        isUnasked(fixture) &&
        fixture.scope !== 'test' &&
        fixture.home.contains(block) &&
        // Of several values, only the one of a group is known here.
        fixture.varying.every(({ declaration, params }) => params!.length === 1 || variant.has(declaration)),
    );
  return [...new Set(found)];
}

function wrap(fileRun: FileRun, hook: Hook, run: (callee: Callee, self: unknown) => unknown): void {
  const fn = hook.fn as UserFn;
  const callee: Callee = { fn, row: [], takesDone: fn.length > 0 && !fileRun.testFile.hooks.has(hook) };
  if (hook.timeout) fileRun.testFile.hookTimeouts.set(hook, hook.timeout);
  hook.timeout = NO_TIMEOUT;
  const wrapped: UserFn = function () {
    return run(callee, this);
  };
  hook.fn = wrapped;
}

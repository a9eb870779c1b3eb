import { hookScopeMismatch } from '../errors/lookup';
import { type Block, EVERYBODY } from '../fixtures/block';
import { comesFirst } from '../fixtures/implicit';
import { inOrder } from '../fixtures/order';
import type { Resolved } from '../fixtures/resolved';
import { PLAIN, type Variant } from '../fixtures/variants';
import { type DescribeBlock, type Hook, NO_TIMEOUT } from './circus';
import { groupOf, variantOf } from './groups';
import type { Callee, UserFn } from './meta';
import { fixturesOf } from './plan';
import type { Planned } from './plan-tests';
import { type AllHookPlan, runAllHook } from './run-all-hook';
import { runEachHook } from './run-hook';
import type { Session } from './session';

const isAll = ({ type }: Hook): boolean => type === 'beforeAll' || type === 'afterAll';

/** What the beforeAll and afterAll hooks ask for. One with a mistake throws it when it runs. */
export function planAllHooks(session: Session, blocks: readonly DescribeBlock[]): Map<Hook, AllHookPlan> {
  const plans = new Map<Hook, AllHookPlan>();
  for (const describe of blocks) {
    for (const hook of describe.hooks) {
      if (!isAll(hook) || !session.hooks.has(hook)) continue;
      try {
        const plan = planAllHook(session, describe, hook);
        if (plan !== undefined) plans.set(hook, plan);
      } catch (error) {
        hook.fn = () => {
          throw error;
        };
        session.hooks.delete(hook);
      }
    }
  }
  return plans;
}

function planAllHook(session: Session, describe: DescribeBlock, hook: Hook): AllHookPlan | undefined {
  const meta = session.hooks.get(hook)!;
  if (meta.problem !== undefined) throw session.around.makeError(meta.problem);
  const block = session.blockOf(describe);
  const asker = session.planner.askerOf(hook);
  const asked = session.planner.asked(meta, block, meta.audience);
  if (asked === undefined) {
    session.hooks.delete(hook);
    return undefined;
  }
  const dependencies = session.planner.dependenciesOf(asked, block, meta.audience, asker);
  const roots = fixturesOf(dependencies);
  for (const { scope, declaration } of roots) {
    if (scope === 'test') throw session.around.makeError(hookScopeMismatch(asker, declaration, scope));
  }
  return {
    describe,
    block,
    audience: meta.audience,
    passesDeps: true,
    dependencies,
    order: inOrder(roots),
    variant: PLAIN,
    group: undefined,
    asker,
  };
}

/** Puts ours in place of the each-hooks that run for managed tests. */
export function wrapEachHooks(
  session: Session,
  blocks: readonly DescribeBlock[],
  planned: readonly Planned[],
): void {
  const managed = new Set(planned.map(({ plan }) => plan.needs.block));
  for (const describe of blocks) {
    const block = session.blockOf(describe);
    const runs = describe.hooks.length > 0 && [...managed].some(each => block.contains(each));
    for (const hook of describe.hooks) {
      if (isAll(hook) || session.foreignHooks.has(hook)) continue;
      const meta = session.hooks.get(hook);
      if (meta === undefined && !runs) continue;
      if (meta?.problem !== undefined) {
        const { problem } = meta;
        hook.fn = () => {
          throw session.around.makeError(problem);
        };
        continue;
      }
      wrap(session, hook, (callee, self) => runEachHook(session, hook, callee, self));
    }
  }
}

/** The same for beforeAll and afterAll hooks. */
export function wrapAllHooks(
  session: Session,
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
    const block = session.blockOf(describe);
    const group = groupOf(session, describe);
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
        audience: plan?.audience ?? EVERYBODY,
        passesDeps: plan !== undefined,
        dependencies: plan?.dependencies ?? [],
        order: inOrder([...ahead, ...(plan?.order ?? [])]),
        variant,
        group,
        asker: plan?.asker ?? session.planner.askerOf(hook),
      };
      wrap(session, hook, (callee, self) => runAllHook(session, hook, callee, whole, self));
    }
  }
}

/** Whether it is set up though nobody asks. */
function isUnasked({ auto, name }: Resolved): boolean {
  return auto || comesFirst(name);
}

/** Such fixtures of the tests in a block that live as long as the block or longer: up before its beforeAll. */
function wideAutos(block: Block, planned: readonly Planned[], variant: Variant): AllHookPlan['order'] {
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

function wrap(session: Session, hook: Hook, run: (callee: Callee, self: unknown) => unknown): void {
  const fn = hook.fn as UserFn;
  const callee: Callee = { fn, row: [], takesDone: fn.length > 0 && !session.hooks.has(hook) };
  if (hook.timeout) session.hookTimeouts.set(hook, hook.timeout);
  hook.timeout = NO_TIMEOUT;
  const wrapped: UserFn = function () {
    return run(callee, this);
  };
  hook.fn = wrapped;
}

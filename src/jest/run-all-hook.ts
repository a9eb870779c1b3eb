import type { Asker } from '../errors/site';
import type { Audience, Block } from '../fixtures/block';
import { Requester } from '../fixtures/requester';
import type { Dependency, Resolved } from '../fixtures/resolve';
import { Run } from '../fixtures/run';
import type { Variant } from '../fixtures/variants';
import type { DescribeBlock, Hook } from './circus';
import type { Callee } from './meta';
import { callLimited, limitOf } from './run-test';
import type { Session } from './session';

/** What a beforeAll or afterAll hook gets. */
export interface AllHookPlan {
  readonly describe: DescribeBlock;
  readonly block: Block;
  readonly audience: Audience;
  readonly passesDeps: boolean;
  readonly dependencies: readonly Dependency[];
  readonly order: readonly Resolved[];
  /** Run once for each: more than one where it needs parametrised fixtures. */
  readonly variants: readonly Variant[];
  readonly asker: Asker;
}

/** Runs a beforeAll or afterAll hook, once per variant. */
export async function runAllHook(
  session: Session,
  hook: Hook,
  callee: Callee,
  plan: AllHookPlan,
  self: unknown,
): Promise<void> {
  for (const variant of plan.variants) {
    const run = new Run(session.around, {
      label:
        plan.asker.site.at === undefined ? plan.asker.label : `${plan.asker.label} at ${plan.asker.site.at}`,
      asker: plan.asker,
      path: session.testPath,
      block: plan.block,
      audience: plan.audience,
      variant,
      parallel: session.options.setup === 'parallel',
      self,
      subject: undefined,
    });
    const errors = (await run.setUp(plan.order)).map(({ error }) => error);
    if (errors.length > 0) {
      for (const error of errors.slice(1)) session.state.unhandledErrors.push(error);
      throw errors[0];
    }
    const home = session.around.homes.of(plan.block, 'describe');
    const requester = new Requester(run, plan.asker.label, 'describe', home);
    // Also without a cleanup: its request ends with the block.
    requester.register();
    const deps = plan.passesDeps ? [run.depsOf(plan.dependencies, requester)] : [];
    await callLimited(session, callee, self, deps, true, limitOf(session, hook), plan.asker, requester);
  }
}

import { Recording } from '../../context/recording';
import { defaultLimit, providedClock } from '../../fixtures/life/policy';
import { Requester } from '../../fixtures/life/requester';
import { NEEDS_LOOP } from '../../fixtures/life/requester-built-ins';
import { Run } from '../../fixtures/life/run';
import type { Variant } from '../../fixtures/resolve/variants';
import type { AllHookPlan } from '../collect/plan-hooks';
import type { Hook } from '../file/circus';
import type { Callee } from '../file/registered';
import { callUser } from './call-user';
import type { FileRun } from './file-run';
import { HookOwner } from './hook-owner';
import { guardFor } from './run-test';

/** Runs a beforeAll or afterAll hook, once per variant. */
export async function runAllHook(
  session: FileRun,
  hook: Hook,
  callee: Callee,
  plan: AllHookPlan,
  self: unknown,
): Promise<void> {
  for (const variant of plan.variants) {
    if (session.interrupts.active && hook.type === 'beforeAll') return;
    await runOnce(session, hook, callee, plan, variant, self);
  }
}

async function runOnce(
  session: FileRun,
  hook: Hook,
  callee: Callee,
  plan: AllHookPlan,
  variant: Variant,
  self: unknown,
): Promise<void> {
  const { asker, block } = plan;
  const label = asker.site.at === undefined ? asker.label : `${asker.label} at ${asker.site.at}`;
  const owner = new HookOwner(session, label);
  const run = new Run(session.around, {
    label,
    asker,
    path: session.testFile.testPath,
    block,
    audience: plan.audience,
    variant,
    parallel: session.options.setup === 'parallel',
    self,
    subject: undefined,
    stopped: () => (hook.type === 'beforeAll' ? session.interrupts.stopped : undefined),
    owner,
    layers: session.hookLayers.at(block),
    loop: undefined,
  });
  const failures = await run.setUpForCall(plan.order);
  if (failures.length > 0) {
    owner.failed(...failures.map(({ error }) => error));
    await owner.end();
  }
  const home = session.around.homes.of(block, 'describe');
  const requester = new Requester(run, asker.label, 'describe', home);
  // Also without a cleanup: its request ends with the block.
  if (plan.passesDeps) requester.register();
  const scope = block.kind === 'describe' ? 'describe' : 'file';
  const own = session.testFile.hookTimeouts.get(hook);
  const limit = own === undefined ? defaultLimit(run, scope, block) : { ms: own, own: false };
  const wanted = session.testFile.autouse || plan.dependencies.some(({ name }) => NEEDS_LOOP.has(name));
  const source = wanted ? run.sourceFor(scope, scope, scope === 'describe' ? home : undefined) : null;
  const step = session.around.newStep(label, source, owner);
  const guard = guardFor(
    {
      session,
      step,
      limit,
      clock: providedClock(run, { defaultTimeout: limit.ms, name: hook.type, phase: 'hook' }, scope, block),
      asker: () => asker,
      attempt: undefined,
      takesDone: callee.takesDone,
      isBody: false,
      abort: reason => requester.abort(reason),
    },
    run.layers.values(),
  );
  requester.guard = guard;
  if (hook.type === 'beforeAll') session.interrupts.beforeAll = guard;
  const deps = plan.passesDeps ? [run.depsOf(plan.dependencies, requester)] : [];
  const recording = new Recording(step);
  try {
    await guard.run(
      () => callUser(callee, self, deps, true, session.around.makeError, () => asker.site.frames),
      (_step, values, call) => recording.begin(values, call),
    );
  } catch (error) {
    owner.failed(error);
  } finally {
    recording.stop();
    const values = recording.values();
    run.layers.add(values, block);
    if (values.length > 0) session.hookLayers.add(block, run.layers.added());
  }
  await owner.end();
}

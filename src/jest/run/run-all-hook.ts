import { Recording } from '../../context/recording';
import { defaultLimit, providedClock } from '../../fixtures/life/policy';
import { Requester } from '../../fixtures/life/requester';
import { NEEDS_LOOP } from '../../fixtures/life/requester-built-ins';
import { FixtureRun } from '../../fixtures/life/run';
import type { AllHookPlan } from '../collect/plan-hooks';
import type { Hook } from '../file/circus';
import { isOver } from '../file/groups';
import type { Callee } from '../file/registered';
import { callUser } from './call-user';
import type { FileRun } from './file-run';
import { guardFor } from './guarded-call';
import { HookOwner } from './hook-owner';
import { RunningAllHook } from './running-all-hook';

/** Runs a beforeAll or afterAll hook. */
export async function runAllHook(
  session: FileRun,
  hook: Hook,
  callee: Callee,
  plan: AllHookPlan,
  self: unknown,
): Promise<void> {
  const { asker, block, variant } = plan;
  const label = asker.site.at === undefined ? asker.label : `${asker.label} at ${asker.site.at}`;
  const owner = new HookOwner(session, label);
  const running = new RunningAllHook(session, hook, plan.describe, owner);
  const run = new FixtureRun(session.around, {
    label,
    asker,
    path: session.testFile.testPath,
    block,
    audience: plan.audience,
    variant,
    isOver: fixture => isOver(plan.group, fixture),
    parallel: session.options.setup === 'parallel',
    self,
    subject: undefined,
    stopped: () => running.stop ?? (hook.type === 'beforeAll' ? session.interrupts.stopped : undefined),
    abort: error => running.abort(error),
    owner,
    layers: session.hookLayers.at(block),
    loop: undefined,
  });
  running.run = run;
  session.allHooks.add(running);
  const end = (): Promise<void> => {
    running.over = true;
    session.allHooks.delete(running);
    return owner.end();
  };
  const failures = run.orStopped(await run.setUpForCall(plan.order));
  if (failures.length > 0) {
    const news = failures.filter(each => !session.toldBefore.knows(each, block));
    if (hook.type === 'beforeAll') for (const each of news) session.toldBefore.add(each, block);
    owner.failed(...news.map(({ error }) => error));
    return end();
  }
  const home = session.around.homes.of(block, 'describe');
  const requester = new Requester(run, asker.label, 'describe', home);
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
      callee,
      view: plan,
      run,
      isBody: false,
      abort: reason => requester.abort(reason),
    },
    run.layers.values(),
  );
  requester.guard = running.guard = guard;
  if (hook.type === 'beforeAll') session.interrupts.beforeAll = guard;
  const deps = plan.passesDeps ? [run.depsOf(plan.dependencies, requester)] : [];
  const recording = new Recording(step);
  try {
    await guard.run(
      () => callUser(callee, self, deps, guard.guarding),
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
  await end();
}

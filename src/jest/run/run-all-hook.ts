import { Recording } from '../../context/recording';
import { defaultLimit, providedClock } from '../../fixtures/life/policy';
import { Requester } from '../../fixtures/life/requester';
import { NEEDS_LOOP } from '../../fixtures/life/requester-built-ins';
import { FixtureRun } from '../../fixtures/life/run';
import type { AllHookPlan } from '../collect/plan';
import type { Hook } from '../file/circus';
import type { Callee } from '../file/registered';
import { isOver } from '../file/value-groups';
import { callUser } from './call-user';
import type { FileRun } from './file-run';
import { guardFor } from './guarded-call';
import { HookOwner } from './hook-owner';
import { RunningAllHook } from './running-all-hook';

/** Runs a beforeAll or afterAll hook. */
export async function runAllHook(
  fileRun: FileRun,
  hook: Hook,
  callee: Callee,
  plan: AllHookPlan,
  self: unknown,
): Promise<void> {
  const { requester: asker, block, variant } = plan;
  const label = asker.site.at === undefined ? asker.label : `${asker.label} at ${asker.site.at}`;
  const owner = new HookOwner(fileRun, label);
  const running = new RunningAllHook(fileRun, hook, plan.describe, owner);
  const run = new FixtureRun(fileRun.host, {
    label,
    asker,
    path: fileRun.testFile.testPath,
    block,
    testType: plan.testType,
    variant,
    isOver: fixture => isOver(plan.group, fixture),
    parallel: fileRun.options.setup === 'parallel',
    self,
    subject: undefined,
    stopped: () => running.stop ?? (hook.type === 'beforeAll' ? fileRun.interrupts.stopped : undefined),
    abort: error => running.abort(error),
    owner,
    layers: fileRun.hookLayers.at(block),
    loop: undefined,
  });
  running.run = run;
  fileRun.allHooks.add(running);
  const end = (): Promise<void> => {
    running.over = true;
    fileRun.allHooks.delete(running);
    return owner.end();
  };
  const failures = run.orStopped(await run.setUpForCall(plan.order));
  if (failures.length > 0) {
    const news = failures.filter(each => !fileRun.toldBefore.knows(each, block));
    if (hook.type === 'beforeAll') for (const each of news) fileRun.toldBefore.add(each, block);
    owner.failed(...news.map(({ error }) => error));
    return end();
  }
  const home = fileRun.host.homes.of(block, 'describe');
  const requester = new Requester(run, asker.label, 'describe', home);
  const scope = block.kind === 'describe' ? 'describe' : 'file';
  const own = fileRun.testFile.hookTimeouts.get(hook);
  const limit = own === undefined ? defaultLimit(run, scope, block) : { ms: own, own: false };
  const wanted = fileRun.testFile.autouse || plan.dependencies.some(({ name }) => NEEDS_LOOP.has(name));
  const source = wanted ? run.sourceFor(scope, scope, scope === 'describe' ? home : undefined) : null;
  const step = fileRun.host.newStep(label, source, owner);
  const guard = guardFor(
    {
      fileRun,
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
  if (hook.type === 'beforeAll') fileRun.interrupts.beforeAll = guard;
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
    if (values.length > 0) fileRun.hookLayers.add(block, run.layers.added());
  }
  await end();
}

import { Recording } from '../context/recording';
import type { Asker } from '../errors/site';
import type { Audience, Block } from '../fixtures/block';
import { defaultLimit, providedClock } from '../fixtures/limits';
import { NEEDS_LOOP } from '../fixtures/own';
import { Requester } from '../fixtures/requester';
import type { Dependency, Resolved } from '../fixtures/resolved';
import { Run } from '../fixtures/run';
import type { Variant } from '../fixtures/variants';
import { callUser } from './call';
import type { DescribeBlock, Hook } from './circus';
import { type Group, isOver } from './groups';
import { guardFor } from './guarding';
import { HookOwner } from './hook-owner';
import type { Callee } from './meta';
import { RunningAllHook } from './running-all-hook';
import type { Session } from './session';

/** What a beforeAll or afterAll hook gets. */
export interface AllHookPlan {
  readonly describe: DescribeBlock;
  readonly block: Block;
  readonly audience: Audience;
  readonly passesDeps: boolean;
  readonly dependencies: readonly Dependency[];
  readonly order: readonly Resolved[];
  /** The values of parametrised fixtures that it runs with. */
  readonly variant: Variant;
  readonly group: Group | undefined;
  readonly asker: Asker;
}

/** Runs a beforeAll or afterAll hook. */
export async function runAllHook(
  session: Session,
  hook: Hook,
  callee: Callee,
  plan: AllHookPlan,
  self: unknown,
): Promise<void> {
  const { asker, block, variant } = plan;
  const label = asker.site.at === undefined ? asker.label : `${asker.label} at ${asker.site.at}`;
  const owner = new HookOwner(session, label);
  const running = new RunningAllHook(session, hook, plan.describe, owner);
  const run = new Run(session.around, {
    label,
    asker,
    path: session.testPath,
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
  const own = session.hookTimeouts.get(hook);
  const limit = own === undefined ? defaultLimit(run, scope, block) : { ms: own, own: false };
  const wanted = session.autouse || plan.dependencies.some(({ name }) => NEEDS_LOOP.has(name));
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

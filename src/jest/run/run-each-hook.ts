import { Recording } from '../../context/recording';
import { defaultLimit, providedClock } from '../../fixtures/life/policy';
import type { Resolved } from '../../fixtures/resolve/resolved';
import { isThenable } from '../../loop/promises';
import type { Hook } from '../file/circus';
import type { Callee } from '../file/registered';
import { reported } from '../report/file-owner';
import type { Attempt } from './attempt';
import { stepFor } from './attempt-loop';
import { callUser } from './call-user';
import type { FileRun } from './file-run';
import { attemptOf, guardFor } from './run-test';

/** Runs a beforeEach or afterEach hook: what is `auto` before the first, its own before it. */
export function runEachHook(session: FileRun, hook: Hook, callee: Callee, self: unknown): unknown {
  const entry = session.serial;
  const plan = entry === undefined ? undefined : session.plans.get(entry);
  if (entry === undefined || plan === undefined) {
    // A mistake of the test is its only error: what asks for fixtures cannot run for it.
    if (session.testFile.hooks.has(hook)) return undefined;
    const asker = session.planner.askerOf(hook);
    return callUser(callee, self, [], true, session.around.makeError, () => asker.site.frames);
  }
  const attempt = attemptOf(session, entry, plan, self);
  if (hook.type === 'afterEach') attempt.ended = true;
  const need = plan.needs.hooks.get(hook);
  const order = need?.order ?? (hook.type === 'beforeEach' ? plan.needs.autoOrder : []);
  if (order.length === 0 && need === undefined) return callHook(attempt, hook, callee, undefined);
  return setUpForHook(attempt, order).then(up => (up ? callHook(attempt, hook, callee, need) : undefined));
}

/** Gives whether the hook can run. It cannot, and says nothing, where the test failed for the same fixture. */
async function setUpForHook(attempt: Attempt, order: readonly Resolved[]): Promise<boolean> {
  const failures = await attempt.run.setUpForCall(order);
  if (failures.length === 0) return true;
  const errors = failures
    .filter(each => attempt.errors.tell(each))
    .map(({ error }) => reported(attempt.session.testFile, error));
  if (errors.length === 1) throw errors[0];
  // Several at once, in parallel set-up: Jest takes but one from a hook.
  const { entry } = attempt;
  for (const error of errors) entry.errors.push([error, entry.asyncError]);
  return false;
}

type Need = NonNullable<ReturnType<Attempt['plan']['needs']['hooks']['get']>>;

/** Calls the hook in a step of its own. What it leaves in an AsyncLocalStorage is seen by what comes after it. */
function callHook(attempt: Attempt, hook: Hook, callee: Callee, need: Need | undefined): unknown {
  const { session, self, plan } = attempt;
  const { around } = session;
  const asker = (): ReturnType<typeof session.planner.askerOf> => session.planner.askerOf(hook);
  const step = stepFor(session, attempt, hook.type);
  const simple = need === undefined && !around.implicit() && !attempt.hasRun;
  const own = session.testFile.hookTimeouts.get(hook);
  const limit =
    own !== undefined
      ? { ms: own, own: false }
      : simple
        ? around.baseLimit()
        : defaultLimit(attempt.run, 'test', plan.needs.block);
  const guard = guardFor(
    {
      session,
      step,
      limit,
      clock: around.implicit()
        ? providedClock(attempt.run, { defaultTimeout: limit.ms, name: hook.type, phase: 'hook' }, 'test')
        : undefined,
      asker,
      attempt,
      takesDone: callee.takesDone,
      isBody: false,
      abort: reason => attempt.abortSignal(reason),
    },
    attempt.layers.values(),
  );
  attempt.guard = guard;
  let deps: unknown[] = [];
  if (need !== undefined) {
    attempt.requester.guard = guard;
    deps = [attempt.run.depsOf(need.dependencies, attempt.requester)];
  }
  const recording = new Recording(step);
  const ended = (): void => {
    recording.stop();
    attempt.layers.add(recording.values());
  };
  let result: unknown;
  try {
    result = guard.run(
      () => callUser(callee, self, deps, true, around.makeError, () => asker().site.frames),
      (_step, values, call) => recording.begin(values, call),
    );
  } catch (error) {
    ended();
    throw reported(session.testFile, error);
  }
  if (!isThenable(result)) {
    ended();
    return undefined;
  }
  return (result as Promise<unknown>).then(ended, error => {
    ended();
    throw reported(session.testFile, error);
  });
}

import { Recording } from '../../context/recording';
import { defaultLimit, providedClock } from '../../fixtures/life/policy';
import type { ResolvedFixture } from '../../fixtures/resolve/resolved';
import { isThenable } from '../../loop/promises';
import type { Hook, TestEntry } from '../file/circus';
import type { Callee } from '../file/registered';
import { reported } from '../report/file-owner';
import type { Attempt } from './attempt';
import { stepFor } from './attempt-loop';
import { type Calling, callUser } from './call-user';
import type { FileRun } from './file-run';
import { guardFor } from './guarded-call';
import { attemptOf } from './run-test';

/** Runs a beforeEach or afterEach hook: what is `auto` before the first, its own before it. */
export function runEachHook(fileRun: FileRun, hook: Hook, callee: Callee, self: unknown): unknown {
  const entry = fileRun.serial;
  const plan = entry === undefined ? undefined : fileRun.plans.get(entry);
  if (entry === undefined || plan === undefined) {
    // A mistake of the test is its only error: what asks for fixtures cannot run for it.
    if (asks(fileRun, hook, entry)) return undefined;
    return callUser(callee, self, [], plainCall(fileRun, hook));
  }
  const attempt = attemptOf(fileRun, entry, plan, self);
  if (hook.type === 'afterEach') attempt.ended = true;
  const need = plan.needs.hooks.get(hook);
  const order = need?.order ?? (hook.type === 'beforeEach' ? plan.needs.autoOrder : []);
  if (order.length === 0 && need === undefined) return callHook(attempt, hook, callee, undefined);
  return setUpForHook(attempt, order).then(up =>
    // It may have been ended since; that is told already.
    up && attempt.stopped === undefined ? callHook(attempt, hook, callee, need) : undefined,
  );
}

/** Whether a hook asks for fixtures when it runs for a test. */
function asks(fileRun: FileRun, hook: Hook, entry: TestEntry | undefined): boolean {
  const meta = fileRun.testFile.hooks.get(hook);
  if (meta === undefined) return false;
  const block = fileRun.testFile.namespaceOf(entry?.parent ?? hook.parent);
  return fileRun.planner.requestedBy(meta, block, meta.testType) !== undefined;
}

/** How a hook is called for a test that is not managed. */
function plainCall(fileRun: FileRun, hook: Hook): Calling {
  const { host, planner } = fileRun;
  return {
    isHook: true,
    makeError: host.makeError,
    asker: () => planner.requesterOf(hook),
    late: error => host.late(error, planner.requesterOf(hook).label, undefined, false),
  };
}

/** Gives whether the hook can run. It cannot, and says nothing, where the test failed for the same fixture. */
async function setUpForHook(attempt: Attempt, order: readonly ResolvedFixture[]): Promise<boolean> {
  const failures = await attempt.run.setUpForCall(order);
  if (failures.length === 0) return true;
  const errors = failures
    .filter(each => attempt.errors.tell(each))
    .map(({ error }) => reported(attempt.fileRun.testFile, error));
  if (errors.length === 1) throw errors[0];
  // Several at once, in parallel set-up: Jest takes but one from a hook.
  const { entry } = attempt;
  for (const error of errors) entry.errors.push([error, entry.asyncError]);
  return false;
}

type Need = NonNullable<ReturnType<Attempt['plan']['needs']['hooks']['get']>>;

/** Calls the hook in a step of its own. What it leaves in an AsyncLocalStorage is seen by what comes after it. */
function callHook(attempt: Attempt, hook: Hook, callee: Callee, need: Need | undefined): unknown {
  const { fileRun, self, plan } = attempt;
  const { host } = fileRun;
  const asker = (): ReturnType<typeof fileRun.planner.requesterOf> => fileRun.planner.requesterOf(hook);
  const step = stepFor(fileRun, attempt, hook.type);
  const simple = need === undefined && !host.implicit() && !attempt.hasRun;
  const requester = need === undefined ? undefined : attempt.newRequester();
  const own = fileRun.testFile.hookTimeouts.get(hook);
  const limit =
    own !== undefined
      ? { ms: own, own: false }
      : simple
        ? host.baseLimit()
        : defaultLimit(attempt.run, 'test', plan.needs.block);
  const guard = guardFor(
    {
      fileRun,
      step,
      limit,
      clock: host.implicit()
        ? providedClock(attempt.run, { defaultTimeout: limit.ms, name: hook.type, phase: 'hook' }, 'test')
        : undefined,
      asker,
      attempt,
      callee,
      view: plan.needs,
      isBody: false,
      abort: reason => requester?.abort(reason),
    },
    attempt.layers.values(),
  );
  attempt.guard = guard;
  let deps: unknown[] = [];
  if (requester !== undefined) {
    requester.guard = guard;
    deps = [attempt.run.depsOf(need!.dependencies, requester)];
  }
  const recording = new Recording(step);
  const ended = (): void => {
    recording.stop();
    attempt.layers.add(recording.values());
  };
  let result: unknown;
  try {
    result = guard.run(
      () => callUser(callee, self, deps, guard.guarding),
      (_step, values, call) => recording.begin(values, call),
    );
  } catch (error) {
    ended();
    throw reported(fileRun.testFile, error);
  }
  if (!isThenable(result)) {
    ended();
    return undefined;
  }
  return (result as Promise<unknown>).then(ended, error => {
    ended();
    throw reported(fileRun.testFile, error);
  });
}

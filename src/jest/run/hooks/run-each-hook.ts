import { defaultLimit } from '../../../fixtures/life/requester/default-limit';
import { providedClock } from '../../../fixtures/life/requester/provided-clock';
import type { Requester } from '../../../fixtures/life/requester/requester';
import type { ResolvedFixture } from '../../../fixtures/resolve/resolved';
import { isThenable } from '../../../loop/promises';
import type { TimeLimit } from '../../../timeouts/time-limit';
import type { HookNeeds } from '../../collect/plan';
import type { Hook } from '../../file/circus';
import type { Callee } from '../../file/registered';
import { reported } from '../../report/test-file-owner';
import type { Attempt } from '../attempt/attempt';
import { stepFor } from '../attempt/attempt-loop';
import { callUserFunction, type UserCall } from '../calls/call-user';
import { type UserInvocation, userInvocation } from '../calls/user-invocation';
import type { FileRun } from '../state/file-run';
import { attemptOf } from '../tests/run-test';

/** Sets up what a beforeEach or afterEach hook needs, and runs it. The first one waits for `auto` fixtures, too. */
export function runEachHook(fileRun: FileRun, hook: Hook, callee: Callee, self: unknown): unknown {
  const { serialTest: entry, plan: filePlan, testFile } = fileRun;
  const plan = entry === undefined ? undefined : filePlan.tests.get(entry);
  if (entry === undefined || plan === undefined) {
    // A test with a mistake reports only that. Jest would run afterEach hooks for it, though no beforeEach hook ran.
    if (entry !== undefined && filePlan.mistaken.has(entry)) return undefined;
    const namespace = testFile.namespaceOf(entry?.parent ?? hook.parent);
    if (filePlan.requestsFixtures(hook, namespace)) return undefined;
    return callUserFunction(callee, self, [], unmanagedCall(fileRun, hook));
  }
  const attempt = attemptOf(fileRun, entry, plan, self);
  if (hook.type === 'afterEach') attempt.bodyEnded = true;
  const need = plan.needs.hooks.get(hook);
  const order = need?.order ?? (hook.type === 'beforeEach' ? plan.needs.autoOrder : []);
  if (order.length === 0 && need === undefined) return callHook(attempt, hook, callee, undefined);
  return setUpForHook(attempt, order).then(isUp =>
    // If the attempt was stopped meanwhile, its error is reported already.
    isUp && attempt.stopped === undefined ? callHook(attempt, hook, callee, need) : undefined,
  );
}

/** How a hook is called for a test that is not managed. */
function unmanagedCall({ host, plan }: FileRun, hook: Hook): UserCall {
  return {
    isHook: true,
    makeError: host.makeError,
    requester: () => plan.requesterOf(hook),
    late: error => host.late(error, plan.requesterOf(hook).label, undefined, false),
  };
}

/** Gives whether the hook can run. It does not, and reports nothing, if the test has failed for the same fixture. */
async function setUpForHook(attempt: Attempt, order: readonly ResolvedFixture[]): Promise<boolean> {
  const failures = await attempt.fixtures.setUpForCall(order);
  if (failures.length === 0) return true;
  const errors = failures
    .filter(each => attempt.errors.markFailure(each))
    .map(({ error }) => reported(attempt.fileRun.testFile, error));
  if (errors.length === 1) throw errors[0];
  // Parallel set-up may fail several times; Jest takes only one error from a hook.
  const { entry } = attempt;
  for (const error of errors) entry.errors.push([error, entry.asyncError]);
  return false;
}

/** Calls the hook in a separate step. What it leaves in an AsyncLocalStorage is visible to what runs after it. */
function callHook(attempt: Attempt, hook: Hook, callee: Callee, need: HookNeeds | undefined): unknown {
  const { fileRun, self } = attempt;
  const request = need === undefined ? undefined : attempt.newRequest();
  const invocation = invocationOfHook(attempt, hook, callee, request);
  attempt.invocation = invocation;
  let deps: unknown[] = [];
  if (request !== undefined) {
    request.invocation = invocation;
    deps = [attempt.fixtures.depsOf(need!.dependencies, request)];
  }
  const ended = (): void => attempt.contexts.add(invocation.left());
  let result: unknown;
  try {
    result = invocation.run(() => callUserFunction(callee, self, deps, invocation.target));
  } catch (error) {
    ended();
    throw reported(fileRun.testFile, invocation.target.explained(error));
  }
  if (!isThenable(result)) {
    ended();
    return undefined;
  }
  return (result as Promise<unknown>).then(ended, error => {
    ended();
    throw reported(fileRun.testFile, invocation.target.explained(error));
  });
}

function invocationOfHook(
  attempt: Attempt,
  hook: Hook,
  callee: Callee,
  request: Requester | undefined,
): UserInvocation {
  const { fileRun, plan } = attempt;
  const { host } = fileRun;
  const step = stepFor(attempt, hook.type);
  const limit = limitOf(attempt, hook);
  const call = { defaultTimeout: limit.ms, name: hook.type, phase: 'hook' } as const;
  return userInvocation(
    {
      fileRun,
      step,
      limit,
      clock: host.hasPolicyFixtures() ? providedClock(attempt.fixtures, call, 'test') : undefined,
      requester: () => fileRun.plan.requesterOf(hook),
      attempt,
      callee,
      view: plan.needs,
      isBody: false,
      usesSignal: () => request?.usesSignal === true,
      abort: reason => request?.abort(reason),
    },
    attempt.contexts.values(),
    'result',
  );
}

function limitOf(attempt: Attempt, hook: Hook): TimeLimit {
  const { host, testFile } = attempt.fileRun;
  const ms = testFile.hookTimeouts.get(hook);
  if (ms !== undefined) return { ms, ours: false };
  // Without policy fixtures there is no other limit, and no need to make the fixtures of the attempt.
  return host.hasPolicyFixtures()
    ? defaultLimit(attempt.fixtures, 'test', attempt.plan.needs.namespace)
    : host.baseLimit();
}

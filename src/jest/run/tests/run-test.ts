import { callIsolated } from '../../../context/enter';
import type { Failure } from '../../../fixtures/life/interfaces/views';
import { defaultLimit } from '../../../fixtures/life/requester/default-limit';
import { providedClock } from '../../../fixtures/life/requester/provided-clock';
import { isThenable } from '../../../loop/promises';
import { hasFixtures, type TestPlan } from '../../collect/plan';
import type { TestEntry } from '../../file/circus';
import { reported } from '../../report/test-file-owner';
import { Attempt } from '../attempt/attempt';
import { stepFor } from '../attempt/attempt-loop';
import { settleOutcome } from '../attempt/settle-outcome';
import { callUserFunction, checkReturned, isSimple } from '../calls/call-user';
import { type UserInvocation, userInvocation } from '../calls/user-invocation';
import type { FileRun } from '../state/file-run';
import { aroundBody } from './around-test';

/*
 * What runs in place of a managed test's function. Set-up runs inside it, and teardown in a hook or, where the test has
 * no hooks, as Jest takes its outcome: `require` and `import()` of the sandbox work there. Where teardown has to run in
 * an event handler, for which Jest shuts its gate, we open the gate.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-runtime/src/index.ts (_testState)
 */

/** The attempt that a hook or body belongs to. */
export function attemptOf(fileRun: FileRun, entry: TestEntry, plan: TestPlan, self: unknown): Attempt {
  const known = fileRun.attempts.get(entry) as Attempt | undefined;
  // Jest makes a new `this` for each retry.
  if (known !== undefined && known.self === self) return known;
  const attempt = new Attempt(fileRun, entry, plan, self);
  fileRun.attempts.set(entry, attempt);
  for (const { namespace, error } of fileRun.deadHooks)
    if (namespace.contains(plan.needs.namespace)) attempt.useFailed(error);
  fileRun.observed?.attemptMade(attempt);
  return attempt;
}

/** Sets up and runs a test's body. Tears down, too, if it has no fixtures and no each-hook follows. */
export function runTest(
  fileRun: FileRun,
  entry: TestEntry,
  plan: TestPlan,
  self: unknown,
): Promise<void> | undefined {
  const attempt = attemptOf(fileRun, entry, plan, self);
  if (plan.needs.bodyOrder.length > 0 || plan.needs.passesDeps || fileRun.testFile.hasPolicyFixtures)
    return runWithFixtures(attempt);
  // A test without fixtures: makes nothing that it does not need.
  const invocation = invocationOfBody(attempt, false);
  let result: unknown;
  try {
    result = callDirectly(attempt, invocation, []);
  } catch (error) {
    return endPlain(attempt, { error: invocation.target.explained(error) });
  }
  if (!isThenable(result)) return endPlain(attempt, undefined);
  return (result as Promise<unknown>).then(
    () => endPlain(attempt, undefined),
    error => endPlain(attempt, { error: invocation.target.explained(error) }),
  );
}

/** The end of a test without fixtures: usually there is nothing to tear down. */
function endPlain(attempt: Attempt, failure: { error: unknown } | undefined): Promise<void> | undefined {
  attempt.bodyEnded = true;
  if (failure !== undefined) attempt.fileRun.skips.note(attempt.entry, failure.error);
  if (attempt.plan.needs.hooked || !attempt.hasWork) {
    if (failure !== undefined) throw reported(attempt.fileRun.testFile, failure.error);
    return undefined;
  }
  return endBody(attempt, failure, []);
}

async function runWithFixtures(attempt: Attempt): Promise<void> {
  const { entry, fixtures, plan, fileRun } = attempt;
  if (entry.concurrent) attempt.releaseGate ??= fileRun.gate.hold();
  let failures = fixtures.orStopped(await fixtures.setUp(plan.needs.bodyOrder));
  let failure: { error: unknown } | undefined;
  if (failures.length === 0) {
    let invocation: UserInvocation | undefined;
    try {
      invocation = invocationOfBody(attempt, true);
      await callBody(attempt, invocation);
    } catch (error) {
      // It may come from a failed set-up, through a request.get that the body did not catch.
      const given = fixtures.given.filter(each => Object.is(each.error, error));
      // That is not the failure which `test.failing` expects.
      if (given.length > 0 && entry.failing) failures = given;
      else {
        failure = { error: invocation === undefined ? error : invocation.target.explained(error) };
        attempt.errors.markReported(error);
        for (const each of given) attempt.errors.markFailure(each);
      }
    }
  }
  await endBody(attempt, failure, failures);
}

async function endBody(
  attempt: Attempt,
  failure: { error: unknown } | undefined,
  failures: readonly Failure[],
): Promise<void> {
  const { entry, plan } = attempt;
  const setUpFailed = failures.length > 0;
  for (const { error } of [...failures, ...(failure === undefined ? [] : [failure])])
    attempt.fileRun.skips.note(entry, error);
  const errors = failures.filter(each => attempt.errors.markFailure(each)).map(({ error }) => error);
  attempt.bodyEnded = true;
  attempt.fileRun.observed?.bodyEnded(attempt);
  // `test.failing` inverts the outcome of its body.
  const bodyFails = setUpFailed || (failure !== undefined) !== Boolean(entry.failing);
  if (bodyFails) attempt.failure = failure ?? { error: failures[0]?.error };
  if (!plan.needs.hooked && !hasFixtures(plan.needs)) errors.push(...(await attempt.close()));
  const waiting = attempt.errors.mayBeHandled();
  if (waiting !== undefined) await waiting;
  settleOutcome(attempt, failure, errors, setUpFailed);
}

/** The invocation of the body. `hasPolicy`: fixtures may decide about its limit and clock. */
function invocationOfBody(attempt: Attempt, hasPolicy: boolean): UserInvocation {
  try {
    return makeInvocation(attempt, hasPolicy);
  } catch (error) {
    attempt.errors.addAround(error);
    throw error;
  }
}

function makeInvocation(attempt: Attempt, hasPolicy: boolean): UserInvocation {
  const { fileRun, entry, plan } = attempt;
  const { host } = fileRun;
  const step = stepFor(attempt, entry.name, true);
  let clock: ReturnType<typeof providedClock>;
  let limit = plan.limit;
  if (hasPolicy || host.hasPolicyFixtures()) {
    const { fixtures } = attempt;
    limit ??= defaultLimit(fixtures, 'test', plan.needs.namespace);
    clock = providedClock(fixtures, { defaultTimeout: limit.ms, name: entry.name, phase: 'test' }, 'test');
  }
  limit ??= host.baseLimit();
  const invocation = userInvocation(
    {
      fileRun,
      step,
      limit,
      clock,
      requester: () => attempt.requester,
      attempt,
      callee: plan.callee,
      view: plan.needs,
      isBody: true,
      usesSignal: () => attempt.usesSignal,
      abort: reason => attempt.abortRequest(reason),
    },
    attempt.contexts.values(),
  );
  attempt.invocation = invocation;
  return invocation;
}

/** Calls the body of a test that has fixtures. */
function callBody(attempt: Attempt, invocation: UserInvocation): unknown {
  const { needs, callee } = attempt.plan;
  const { request, fixtures, self } = attempt;
  request.invocation = invocation;
  const deps = needs.passesDeps ? [fixtures.depsOf(needs.dependencies, request)] : [];
  attempt.fileRun.observed?.bodyBegins(attempt);
  if (!attempt.fileRun.host.hasPolicyFixtures()) return callDirectly(attempt, invocation, deps);
  const body = (): unknown => callUserFunction(callee, self, deps, invocation.target);
  return invocation.run(() => aroundBody(attempt, invocation, body));
}

/** Calls a body with few frames between Jest and it, since each `expect` captures a stack. */
function callDirectly(attempt: Attempt, invocation: UserInvocation, deps: readonly unknown[]): unknown {
  const { plan, self } = attempt;
  const { callee } = plan;
  const { step, values, target } = invocation;
  if (!isSimple(callee)) return invocation.run(() => callUserFunction(callee, self, deps, target));
  try {
    invocation.begin();
    return invocation.returned(checkReturned(callIsolated(step, values, callee.fn, self, deps), target));
  } catch (error) {
    invocation.threw();
    throw error;
  }
}

import { callIsolated } from '../../context/enter';
import { providedClock } from '../../fixtures/life/policy';
import type { Failure } from '../../fixtures/life/run';
import { isThenable } from '../../loop/promises';
import { hasFixtures, type TestPlan } from '../collect/plan';
import type { TestEntry } from '../file/circus';
import { reported } from '../report/file-owner';
import { aroundBody } from './around-test';
import { Attempt } from './attempt';
import { stepFor } from './attempt-loop';
import { callUser, checkReturned, isSimple } from './call-user';
import type { FileRun } from './file-run';
import { guardFor, type TestGuard } from './guarded-call';
/*
 * What runs in place of a managed test's function. Set-up runs inside of it, teardown in a hook: there `require` and
 * `import()` of the sandbox work. Where teardown has to run in an event handler, for which Jest shuts its gate, the
 * gate is opened.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-runtime/src/index.ts (_testState)
 */

/** The attempt that a hook or body belongs to. */
export function attemptOf(fileRun: FileRun, entry: TestEntry, plan: TestPlan, self: unknown): Attempt {
  const known = fileRun.active.get(entry) as Attempt | undefined;
  // A test that is retried at once is started again before anything of it has run.
  if (known !== undefined && known.self === self) return known;
  const attempt = new Attempt(fileRun, entry, plan, self);
  fileRun.active.set(entry, attempt);
  return attempt;
}

/** Sets up and runs a test's body; tears down as well where it has no fixtures and no each-hook comes after it. */
export function runTest(
  fileRun: FileRun,
  entry: TestEntry,
  plan: TestPlan,
  self: unknown,
): Promise<void> | undefined {
  const attempt = attemptOf(fileRun, entry, plan, self);
  if (plan.needs.bodyOrder.length > 0 || plan.needs.passesDeps || fileRun.testFile.hasImplicit)
    return runWhole(attempt);
  // A test that asks for nothing: nothing is made for it that it does not need, and few frames lie between Jest and
  // its body, as each `expect` takes a stack.
  const guard = guardBody(attempt, false);
  const { callee } = plan;
  let result: unknown;
  try {
    if (isSimple(callee)) {
      guard.begin();
      result = callIsolated(guard.step, guard.values, callee.fn, self);
      result = guard.returned(checkReturned(result, guard.guarding));
    } else {
      result = guard.run(() => callUser(callee, self, [], guard.guarding));
    }
  } catch (error) {
    guard.threw();
    return afterBody(attempt, { error });
  }
  if (!isThenable(result)) return afterBody(attempt, undefined);
  return (result as Promise<unknown>).then(
    () => afterBody(attempt, undefined),
    error => afterBody(attempt, { error }),
  );
}

/** The end of a test without fixtures: as a rule there is nothing to do. */
function afterBody(attempt: Attempt, failure: { error: unknown } | undefined): Promise<void> | undefined {
  attempt.ended = true;
  if (attempt.plan.needs.hooked || !attempt.hasWork) {
    if (failure !== undefined) throw reported(attempt.fileRun.testFile, failure.error);
    return undefined;
  }
  return endBody(attempt, failure, []);
}

async function runWhole(attempt: Attempt): Promise<void> {
  const { entry, run, plan, fileRun } = attempt;
  if (entry.concurrent) attempt.release ??= fileRun.gate.hold();
  const failures = run.orStopped(await run.setUpForCall(plan.needs.bodyOrder));
  let failure: { error: unknown } | undefined;
  if (failures.length === 0) {
    try {
      await callBody(attempt);
    } catch (error) {
      failure = { error };
      attempt.errors.isNews(error);
      // It may be a set-up's, from a request.get that nobody caught.
      for (const given of run.given) if (Object.is(given.error, error)) attempt.errors.tell(given);
    }
  }
  await endBody(attempt, failure, failures);
}

async function endBody(
  attempt: Attempt,
  failure: { error: unknown } | undefined,
  failures: readonly Failure[],
): Promise<void> {
  const { entry, plan, fileRun } = attempt;
  const setUpFailed = failures.length > 0;
  const errors = failures.filter(each => attempt.errors.tell(each)).map(({ error }) => error);
  attempt.ended = true;
  // Whether the test is going to be reported as failed: `test.failing` turns its body's outcome around.
  const bodyFails = setUpFailed || (failure !== undefined) !== Boolean(entry.failing);
  if (bodyFails) attempt.failure = failure ?? { error: failures[0]?.error };
  if (!plan.needs.hooked && !hasFixtures(plan.needs)) errors.push(...(await attempt.close()));
  await attempt.errors.mayBeHandled();
  settle(fileRun, entry, failure, errors, setUpFailed);
}

/** What lets the body run in its step, at most as long as it may take. */
function guardBody(attempt: Attempt, whole: boolean): TestGuard {
  const { fileRun, entry, plan } = attempt;
  const { host } = fileRun;
  const step = stepFor(fileRun, attempt, entry.name, true);
  let clock: ReturnType<typeof providedClock>;
  let limit = plan.limit;
  if (whole || host.implicit()) {
    const { run } = attempt;
    limit = fileRun.limitOf(plan, run);
    clock = providedClock(run, { defaultTimeout: limit.ms, name: entry.name, phase: 'test' }, 'test');
  }
  limit ??= host.baseLimit();
  const guard = guardFor(
    {
      fileRun,
      step,
      limit,
      clock,
      asker: () => attempt.asker,
      attempt,
      callee: plan.callee,
      view: plan.needs,
      isBody: true,
      abort: reason => attempt.abortSignal(reason),
    },
    attempt.layers.values(),
  );
  attempt.guard = guard;
  return guard;
}

/** Calls the body of a test that has fixtures. */
function callBody(attempt: Attempt): unknown {
  const { needs, callee } = attempt.plan;
  const { requester, run, self } = attempt;
  const guard = guardBody(attempt, true);
  requester.guard = guard;
  const deps = needs.passesDeps ? [run.depsOf(needs.dependencies, requester)] : [];
  const body = (): unknown => callUser(callee, self, deps, guard.guarding);
  return guard.run(() => aroundBody(attempt, guard, body));
}

/**
 * Gives the outcome to Jest: the test's own error is thrown, the others are reported after it. What went
 * wrong outside of the body must not be taken for the failure that `test.failing` waits for, so there it is
 * never what is thrown.
 */
function settle(
  fileRun: FileRun,
  entry: TestEntry,
  failure: { error: unknown } | undefined,
  errors: unknown[],
  setUpFailed: boolean,
): void {
  const more = fileRun.moreErrors.get(entry) ?? [];
  // The others in the order in which they happened: set-up, body, teardown.
  errors = setUpFailed ? [...errors, ...more] : [...more, ...errors];
  if (failure === undefined && errors.length > 0) {
    if (!entry.failing) failure = { error: errors.shift() };
    // Thrown so that Jest does not say that the body passed; reported by `moreErrors` all the same.
    else if (setUpFailed) failure = { error: errors[0] };
  }
  if (errors.length > 0) fileRun.moreErrors.set(entry, errors);
  else fileRun.moreErrors.delete(entry);
  if (failure !== undefined) throw reported(fileRun.testFile, failure.error);
}

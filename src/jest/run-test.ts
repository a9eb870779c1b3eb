import { bodyTimeout } from '../errors/life';
import type { Asker } from '../errors/site';
import type { Requester } from '../fixtures/requester';
import type { Resolved } from '../fixtures/resolve';
import { isThenable, withLimit } from '../time/limit';
import { Attempt } from './attempt';
import { callUser } from './call';
import type { Hook, TestEntry } from './circus';
import type { Callee } from './meta';
import type { TestPlan } from './plan';
import type { Session } from './session';

/*
 * What runs in place of a managed test's or hook's function. Set-up and teardown run inside of these, never
 * in an event handler: only here do `require` and `import()` of the sandbox work.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-runtime/src/index.ts (_testState)
 */

/** The attempt that a hook or body belongs to, by the `this` that Jest makes for each attempt. */
function attemptOf(session: Session, entry: TestEntry, plan: TestPlan, self: unknown): Attempt {
  if (!plan.needs.hooked) return new Attempt(session, entry, plan, self);
  let attempt = session.attempts.get(self as object);
  if (attempt === undefined) {
    attempt = new Attempt(session, entry, plan, self);
    session.attempts.set(self as object, attempt);
  }
  return attempt;
}

/** Sets up and runs a test's body; tears down as well where no each-hook comes after it. */
export async function runTest(
  session: Session,
  entry: TestEntry,
  plan: TestPlan,
  self: unknown,
): Promise<void> {
  const attempt = attemptOf(session, entry, plan, self);
  const { run } = attempt;
  const failures = await run.setUp(plan.needs.bodyOrder);
  const setUpFailed = failures.length > 0;
  const errors = failures.filter(each => attempt.tell(each)).map(({ error }) => error);
  let failure: { error: unknown } | undefined;
  if (!setUpFailed) {
    try {
      const deps = plan.needs.passesDeps ? [run.depsOf(plan.needs.dependencies, attempt.requester)] : [];
      const ms = plan.timeout || run.around.defaultTimeout();
      await callLimited(session, plan.callee, self, deps, false, ms, run.runner.asker, attempt.requester);
    } catch (error) {
      failure = { error };
      // It may be a set-up's, from a request.get that nobody caught.
      for (const given of run.given) if (Object.is(given.error, error)) attempt.tell(given);
    }
  }
  attempt.ended = true;
  // Whether the test is going to be reported as failed: `test.failing` turns its body's outcome around.
  const bodyFails = setUpFailed || (failure !== undefined) !== Boolean(entry.failing);
  if (bodyFails) attempt.failure = failure ?? { error: failures[0]?.error };
  if (!plan.needs.hooked) errors.push(...(await run.close()));
  settle(session, entry, failure, errors, setUpFailed);
}

/**
 * Gives the outcome to Jest: the test's own error is thrown, the others are reported after it. What went
 * wrong outside of the body must not be taken for the failure that `test.failing` waits for, so there it is
 * never what is thrown.
 */
function settle(
  session: Session,
  entry: TestEntry,
  failure: { error: unknown } | undefined,
  errors: unknown[],
  setUpFailed: boolean,
): void {
  if (failure === undefined && errors.length > 0) {
    if (!entry.failing) failure = { error: errors.shift() };
    // Thrown so that Jest does not say that the body passed; reported by `moreErrors` all the same.
    else if (setUpFailed) failure = { error: errors[0] };
  }
  if (errors.length > 0) session.moreErrors.set(entry, errors);
  if (failure !== undefined) throw failure.error;
}

/** Jest has taken what the body threw: now the rest. */
export function reportMoreErrors(session: Session, entry: TestEntry): void {
  const errors = session.moreErrors.get(entry);
  if (errors === undefined) return;
  session.moreErrors.delete(entry);
  for (const error of errors) entry.errors.push([error, entry.asyncError]);
}

/** Runs a beforeEach or afterEach hook: what is `auto` before the first, its own before it. */
export async function runEachHook(
  session: Session,
  hook: Hook,
  callee: Callee,
  self: unknown,
): Promise<void> {
  const entry = session.state.currentlyRunningTest ?? undefined;
  const plan = entry === undefined ? undefined : session.plans.get(entry);
  const ms = limitOf(session, hook);
  const asker: Asker = session.planner.askerOf(hook);
  if (entry === undefined || plan === undefined) {
    // A mistake of the test is its only error: what asks for fixtures cannot run for it.
    if (session.hooks.has(hook)) return;
    await callLimited(session, callee, self, [], true, ms, asker, undefined);
    return;
  }
  const attempt = attemptOf(session, entry, plan, self);
  const need = plan.needs.hooks.get(hook);
  if (hook.type === 'afterEach') attempt.ended = true;
  const order = need?.order ?? (hook.type === 'beforeEach' ? plan.needs.autoOrder : []);
  if (!(await setUpForHook(attempt, order))) return;
  const deps = need === undefined ? [] : [attempt.run.depsOf(need.dependencies, attempt.requester)];
  await callLimited(session, callee, self, deps, true, ms, asker, attempt.requester);
}

/** Gives whether the hook can run. It cannot, and says nothing, where the test failed for the same fixture. */
async function setUpForHook(attempt: Attempt, order: readonly Resolved[]): Promise<boolean> {
  const failures = await attempt.run.setUp(order);
  if (failures.length === 0) return true;
  const errors = failures.filter(each => attempt.tell(each)).map(({ error }) => error);
  if (errors.length === 1) throw errors[0];
  // Several at once, in parallel set-up: Jest takes but one from a hook.
  const { entry } = attempt;
  for (const error of errors) entry.errors.push([error, entry.asyncError]);
  return false;
}

/** The last afterEach of all: ends what the attempt has. */
export async function endAttempt(session: Session, self: unknown): Promise<void> {
  const attempt = session.attempts.get(self as object);
  if (attempt === undefined) return;
  session.attempts.delete(self as object);
  attempt.ended = true;
  // Jest has the body's outcome by now.
  attempt.failure = undefined;
  const { entry } = attempt;
  for (const error of await attempt.run.close()) entry.errors.push([error, entry.asyncError]);
}

/** A hook's own limit in ms, else the default. */
export function limitOf(session: Session, hook: Hook): number {
  return session.hookTimeouts.get(hook) ?? session.around.defaultTimeout();
}

/** Calls the user's function and waits for it, at most `ms`. */
export async function callLimited(
  session: Session,
  callee: Callee,
  self: unknown,
  deps: readonly unknown[],
  isHook: boolean,
  ms: number,
  asker: Asker,
  requester: Requester | undefined,
): Promise<void> {
  const { makeError } = session.around;
  const working = callUser(callee, self, deps, isHook, makeError, () => asker.site.frames);
  if (!isThenable(working)) return;
  await withLimit(working, ms, () => {
    const error = makeError(bodyTimeout(asker, ms));
    requester?.abort(error);
    return error;
  });
}

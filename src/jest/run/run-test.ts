import { type ContextValues, callIsolated } from '../../context/enter';
import type { Asker } from '../../errors/site';
import { blockedTooLong, bodyTimeout } from '../../errors/timeouts';
import { type Limit, providedClock } from '../../fixtures/life/policy';
import type { Failure } from '../../fixtures/life/run';
import { isThenable } from '../../loop/promises';
import type { Item } from '../../loop/steps/pending-work';
import type { Step } from '../../loop/steps/step';
import type { AsyncTimeout } from '../../timeouts/clock';
import { Guard, type Guarding } from '../../timeouts/guard';
import type { TestPlan } from '../collect/needs';
import type { TestEntry } from '../file/circus';
import { reported } from '../report/file-owner';
import { aroundBody } from './around-test';
import { Attempt } from './attempt';
import { isReported } from './attempt-errors';
import { stepFor } from './attempt-loop';
import { callUser, checkReturned, isSimple } from './call-user';
import type { FileRun } from './file-run';

/*
 * What runs in place of a managed test's function. Set-up and teardown run inside of it, never in an event
 * handler: only here do `require` and `import()` of the sandbox work.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-runtime/src/index.ts (_testState)
 */

/** The attempt that a hook or body belongs to. */
export function attemptOf(session: FileRun, entry: TestEntry, plan: TestPlan, self: unknown): Attempt {
  const known = session.active.get(entry) as Attempt | undefined;
  // A test that is retried at once is started again before anything of it has run.
  if (known !== undefined && known.self === self) return known;
  const attempt = new Attempt(session, entry, plan, self);
  session.active.set(entry, attempt);
  return attempt;
}

/** Sets up and runs a test's body; tears down as well where no each-hook comes after it. */
export function runTest(
  session: FileRun,
  entry: TestEntry,
  plan: TestPlan,
  self: unknown,
): Promise<void> | undefined {
  const attempt = attemptOf(session, entry, plan, self);
  if (plan.needs.bodyOrder.length > 0 || plan.needs.passesDeps || session.testFile.hasImplicit)
    return runWhole(attempt);
  // A test that asks for nothing: nothing is made for it that it does not need, and few frames lie between Jest and
  // its body, as each `expect` takes a stack.
  const guard = guardBody(attempt, false);
  const { callee } = plan;
  const { makeError } = session.around;
  const frames = (): string => attempt.asker.site.frames;
  let result: unknown;
  try {
    if (isSimple(callee)) {
      guard.begin();
      result = callIsolated(guard.step, guard.values, callee.fn, self);
      result = guard.returned(checkReturned(result, makeError, frames));
    } else {
      result = guard.run(() => callUser(callee, self, [], false, makeError, frames));
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
    if (failure !== undefined) throw reported(attempt.session.testFile, failure.error);
    return undefined;
  }
  return endBody(attempt, failure, []);
}

async function runWhole(attempt: Attempt): Promise<void> {
  const { run, plan } = attempt;
  const failures = await run.setUpForCall(plan.needs.bodyOrder);
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
  const { entry, plan, session } = attempt;
  const setUpFailed = failures.length > 0;
  const errors = failures.filter(each => attempt.errors.tell(each)).map(({ error }) => error);
  attempt.ended = true;
  // Whether the test is going to be reported as failed: `test.failing` turns its body's outcome around.
  const bodyFails = setUpFailed || (failure !== undefined) !== Boolean(entry.failing);
  if (bodyFails) attempt.failure = failure ?? { error: failures[0]?.error };
  if (!plan.needs.hooked) errors.push(...(await attempt.close()));
  await attempt.errors.mayBeHandled();
  settle(session, entry, failure, errors, setUpFailed);
}

/** What lets the body run in its step, at most as long as it may take. */
function guardBody(attempt: Attempt, whole: boolean): Guard {
  const { session, entry, plan } = attempt;
  const { around } = session;
  const step = stepFor(session, attempt, entry.name, true);
  let clock: ReturnType<typeof providedClock>;
  let limit = plan.limit;
  if (whole || around.implicit()) {
    const { run } = attempt;
    limit = session.limitOf(plan, run);
    clock = providedClock(run, { defaultTimeout: limit.ms, name: entry.name, phase: 'test' }, 'test');
  }
  limit ??= around.baseLimit();
  const guard = guardFor(
    {
      session,
      step,
      limit,
      clock,
      asker: () => attempt.asker,
      attempt,
      takesDone: plan.callee.takesDone,
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
  const { requester, run, self, session } = attempt;
  const guard = guardBody(attempt, true);
  requester.guard = guard;
  const deps = needs.passesDeps ? [run.depsOf(needs.dependencies, requester)] : [];
  const frames = (): string => attempt.asker.site.frames;
  const body = (): unknown => callUser(callee, self, deps, false, session.around.makeError, frames);
  return guard.run(() => aroundBody(attempt, body));
}

/**
 * Gives the outcome to Jest: the test's own error is thrown, the others are reported after it. What went
 * wrong outside of the body must not be taken for the failure that `test.failing` waits for, so there it is
 * never what is thrown.
 */
function settle(
  session: FileRun,
  entry: TestEntry,
  failure: { error: unknown } | undefined,
  errors: unknown[],
  setUpFailed: boolean,
): void {
  const more = session.moreErrors.get(entry) ?? [];
  // The others in the order in which they happened: set-up, body, teardown.
  errors = setUpFailed ? [...errors, ...more] : [...more, ...errors];
  if (failure === undefined && errors.length > 0) {
    if (!entry.failing) failure = { error: errors.shift() };
    // Thrown so that Jest does not say that the body passed; reported by `moreErrors` all the same.
    else if (setUpFailed) failure = { error: errors[0] };
  }
  if (errors.length > 0) session.moreErrors.set(entry, errors);
  else session.moreErrors.delete(entry);
  if (failure !== undefined) throw reported(session.testFile, failure.error);
}

/** Jest has taken what the body threw: now the rest. */
export function reportMoreErrors(session: FileRun, entry: TestEntry): void {
  const attempt = session.active.get(entry) as Attempt | undefined;
  if (attempt !== undefined) attempt.outcomeTaken = true;
  const errors = session.moreErrors.get(entry);
  if (errors === undefined) return;
  session.moreErrors.delete(entry);
  for (const error of errors) {
    if (!isReported(entry, error)) entry.errors.push([reported(session.testFile, error), entry.asyncError]);
  }
}

/** The last of all: ends what the attempt has. */
export async function endAttempt(session: FileRun, entry: TestEntry): Promise<void> {
  const attempt = session.active.get(entry) as Attempt | undefined;
  if (attempt === undefined || attempt.over) return;
  attempt.ended = true;
  // Jest has the body's outcome by now.
  attempt.failure = undefined;
  for (const error of await attempt.close())
    entry.errors.push([reported(session.testFile, error), entry.asyncError]);
}

/** `test_done`: what no hook has ended ends here. */
export function testDone(session: FileRun, entry: TestEntry): Promise<void> | undefined {
  const attempt = session.active.get(entry) as Attempt | undefined;
  if (attempt === undefined) return undefined;
  attempt.ended = true;
  reportMoreErrors(session, entry);
  const waiting = attempt.errors.mayBeHandled();
  if (waiting === undefined && (attempt.over || !attempt.hasWork)) {
    attempt.finish();
    return undefined;
  }
  return endAttempt(session, entry)
    .then(() => waiting ?? attempt.errors.mayBeHandled())
    .then(() => attempt.finish());
}

/** The body of a test, or a hook. */
export interface Guarded {
  readonly session: FileRun;
  readonly step: Step;
  readonly limit: Limit;
  readonly clock?: AsyncTimeout | undefined;
  /** Who it is, for messages. */
  asker(): Asker;
  /** The test that it belongs to; undefined for beforeAll and afterAll. */
  readonly attempt: Attempt | undefined;
  /** It ends when it calls Jest's `done`. */
  readonly takesDone: boolean;
  /** It is the body itself: all of the test's own Loop is its. */
  readonly isBody: boolean;
  abort(reason: unknown): void;
}

/** What a guard asks about a body or hook. */
class Runs implements Guarding {
  constructor(readonly of: Guarded) {}

  get ms(): number {
    return this.of.limit.ms;
  }

  get own(): boolean {
    return this.of.limit.own;
  }

  get clock(): AsyncTimeout | undefined {
    return this.of.clock;
  }

  expired(ms: number): Error {
    const { session, asker, step, takesDone } = this.of;
    const waiting = session.around.waiting(step);
    if (takesDone) waiting.unshift('done() to be called');
    return session.around.makeError(bodyTimeout(asker(), ms, waiting));
  }

  blocked(ms: number): Error {
    return this.of.session.around.makeError(blockedTooLong(this.of.asker(), ms));
  }

  abort(reason: unknown): void {
    const { attempt } = this.of;
    if (attempt !== undefined) {
      attempt.wasEnded = true;
      // What it asked for at run time and is not up yet.
      for (const instance of attempt.home.starting()) instance.abort(reason);
    }
    this.of.abort(reason);
  }

  *pending(): Iterable<Item> {
    const { attempt, isBody, session, step } = this.of;
    // Its own Loop is its from end to end; of a wider one, what was started in it.
    if (isBody && attempt?.home.loop !== undefined) yield* attempt.home.loop.items;
    yield* session.around.pendingOf(step);
  }

  late(error: unknown): void {
    const { attempt, session, asker } = this.of;
    session.around.late(error, attempt?.label ?? asker().label, attempt ?? this.of.step.owner);
  }
}

/** A guard for the body of a test, or for a hook. */
export function guardFor(of: Guarded, values: ContextValues): Guard {
  return new Guard(of.step, new Runs(of), values);
}

import { invalidImplicit, testNotRun, testRunTwice } from '../../errors/timeouts';
import { policyValue } from '../../fixtures/life/policy';
import * as promises from '../../node/promise';
import type { Attempt } from './attempt';
import type { TestGuard } from './guarded-call';
import { InnerBody } from './inner-body';

/** `aroundTest`: calls `run` once, where the body is to run. */
type Around = (run: () => Promise<unknown>, test: unknown) => unknown;

/** The mistakes that `aroundTest` can make with `run`. */
interface Mistakes {
  notRun(): Error;
  ranTwice(): Error;
}

/** Runs the body of a test, within `aroundTest` where the project declares it. */
export function aroundBody(attempt: Attempt, guard: TestGuard, body: () => unknown): unknown {
  const { run, fileRun, plan } = attempt;
  const found = policyValue(run, 'aroundTest', 'test', plan.needs.block);
  if (found === undefined) return body();
  const { makeError } = fileRun.host;
  const { declaration, value } = found;
  if (typeof value !== 'function') {
    const expected = 'a function (run) => … that awaits run()';
    return fail(attempt, makeError(invalidImplicit(declaration, expected, value)));
  }
  const inner = new InnerBody(attempt, guard);
  attempt.inner = inner;
  return runAround(attempt, inner, value as Around, body, {
    notRun: () => makeError(testNotRun(declaration, attempt.asker)),
    ranTwice: () => makeError(testRunTwice(declaration, attempt.asker)),
  });
}

async function runAround(
  attempt: Attempt,
  inner: InnerBody,
  around: Around,
  body: () => unknown,
  mistakes: Mistakes,
): Promise<void> {
  const { realmPromise } = attempt.fileRun.host;
  let running: Promise<unknown> | undefined;
  let mistake: Error | undefined;
  let over: Error | undefined;
  const run = (): Promise<unknown> => {
    const refused = over ?? inner.guard.ending?.error;
    if (running === undefined && refused === undefined) {
      running = realmPromise(inner.run(body));
      return running;
    }
    if (running !== undefined) mistake ??= mistakes.ranTwice();
    // The test fails with it, also where nobody waits for this promise.
    const refusal = realmPromise(promises.reject(mistake ?? refused));
    refusal.catch(() => {});
    return refusal;
  };
  const failures = new Set<unknown>();
  try {
    const result = await around(run, attempt.subject);
    // `_ => run => …`: a function of a fixture that looked like the one that goes around.
    if (typeof result === 'function' && running === undefined) await (result as Around)(run, attempt.subject);
  } catch (error) {
    failures.add(error);
  }
  if (running === undefined) {
    over = mistakes.notRun();
    return fail(attempt, failures.size > 0 ? [...failures][0] : over);
  }
  if (mistake !== undefined) failures.add(mistake);
  try {
    await running;
  } catch (error) {
    // The body's own is told first, and whatever becomes of it around it.
    failures.delete(error);
    for (const other of failures) attempt.errors.add(other);
    throw error;
  }
  const [first, ...others] = failures;
  if (failures.size === 0) return;
  for (const other of others) attempt.errors.add(other);
  fail(attempt, first);
}

/** What goes wrong around the body is not the failure that `test.failing` waits for: then it is told beside it. */
function fail(attempt: Attempt, error: unknown): never {
  if (attempt.entry.failing) attempt.errors.add(error);
  throw error;
}

import { invalidPolicyValue, testNotRun, testRunTwice } from '../../../errors/tests/policy-fixtures';
import { policyValue } from '../../../fixtures/life/requester/policy';
import * as promises from '../../../node/promise';
import type { Attempt } from '../attempt/attempt';
import type { UserInvocation } from '../calls/user-invocation';
import { InnerBody } from './inner-body';

/** The value of `aroundTest`: calls `run` once, where the body is to run. */
type Around = (run: () => Promise<unknown>, test: unknown) => unknown;

/** The mistakes that `aroundTest` can make with `run`. */
interface Mistakes {
  notRun(): Error;
  ranTwice(): Error;
}

/** Runs the body of a test, inside `aroundTest` where the project declares it. */
export function aroundBody(attempt: Attempt, invocation: UserInvocation, body: () => unknown): unknown {
  const { fixtures, fileRun, plan } = attempt;
  const found = policyValue(fixtures, 'aroundTest', 'test', plan.needs.namespace);
  if (found === undefined) return body();
  const { makeError } = fileRun.host;
  const { declaration, value } = found;
  if (typeof value !== 'function') {
    const expected = 'a function (run) => … that awaits run()';
    return fail(attempt, makeError(invalidPolicyValue(declaration, expected, value)));
  }
  const inner = new InnerBody(attempt, invocation);
  attempt.inner = inner;
  return runAround(attempt, inner, value as Around, body, {
    notRun: () => makeError(testNotRun(declaration, attempt.requester)),
    ranTwice: () => makeError(testRunTwice(declaration, attempt.requester)),
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
  let notRun: Error | undefined;
  const run = (): Promise<unknown> => {
    const refused = notRun ?? inner.invocation.ending?.error;
    if (running === undefined && refused === undefined) {
      running = realmPromise(inner.run(body));
      return running;
    }
    if (running !== undefined) mistake ??= mistakes.ranTwice();
    // The test fails with it anyway, so it is no unhandled rejection where the code does not await it.
    const refusal = realmPromise(promises.reject(mistake ?? refused));
    refusal.catch(() => {});
    return refusal;
  };
  const failures = new Set<unknown>();
  try {
    const result = await around(run, attempt.testInfo);
    // `_ => run => …` is a fixture function that returns the function to call, but looked like that function itself.
    if (typeof result === 'function' && running === undefined)
      await (result as Around)(run, attempt.testInfo);
  } catch (error) {
    failures.add(error);
  }
  if (running === undefined) {
    notRun = mistakes.notRun();
    return fail(attempt, failures.size > 0 ? [...failures][0] : notRun);
  }
  if (mistake !== undefined) failures.add(mistake);
  try {
    await running;
  } catch (error) {
    // The body's error comes first, whatever the code around it throws.
    failures.delete(error);
    for (const other of failures) attempt.errors.add(other);
    throw error;
  }
  const [first, ...others] = failures;
  if (failures.size === 0) return;
  for (const other of others) attempt.errors.add(other);
  fail(attempt, first);
}

function fail(attempt: Attempt, error: unknown): never {
  attempt.errors.addAround(error);
  throw error;
}

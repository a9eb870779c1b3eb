import { invalidImplicit, testNotRun } from '../../errors/timeouts';
import { implicitValue } from '../../fixtures/life/policy';
import type { Attempt } from './attempt';

/** `aroundTest`: calls `run` once, where the body is to run. */
type Around = (run: () => Promise<unknown>, test: unknown) => unknown;

/** Runs the body of a test, within `aroundTest` where somebody has declared it. */
export function aroundBody(attempt: Attempt, body: () => unknown): unknown {
  const { run, session, plan } = attempt;
  const found = implicitValue(run, 'aroundTest', 'test', plan.needs.block);
  if (found === undefined) return body();
  const { makeError } = session.around;
  const { declaration, value } = found;
  if (typeof value !== 'function') {
    const expected = 'a function (run) => … that awaits run()';
    return fail(attempt, makeError(invalidImplicit(declaration, expected, value)));
  }
  return runAround(attempt, value as Around, body, () => makeError(testNotRun(declaration, attempt.asker)));
}

async function runAround(
  attempt: Attempt,
  around: Around,
  body: () => unknown,
  notRun: () => Error,
): Promise<void> {
  let running: Promise<unknown> | undefined;
  const run = (): Promise<unknown> => {
    running ??= attempt.session.testFile.kit.ownPromise((async () => body())());
    return running;
  };
  let failed: { readonly error: unknown } | undefined;
  try {
    const result = await around(run, attempt.subject);
    // `_ => run => …`: a function of a fixture that looked like the one that goes around.
    if (typeof result === 'function' && running === undefined) await (result as Around)(run, attempt.subject);
  } catch (error) {
    failed = { error };
  }
  if (running === undefined) return fail(attempt, failed === undefined ? notRun() : failed.error);
  try {
    await running;
  } catch (error) {
    // The body's own is told first, and whatever becomes of it around it.
    if (failed !== undefined && failed.error !== error) attempt.errors.add(failed.error);
    throw error;
  }
  if (failed !== undefined) fail(attempt, failed.error);
}

/** What goes wrong around the body is not the failure that `test.failing` waits for: then it is told beside it. */
function fail(attempt: Attempt, error: unknown): never {
  if (attempt.entry.failing) attempt.errors.add(error);
  throw error;
}

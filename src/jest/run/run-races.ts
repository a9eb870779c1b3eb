import type { TestPlan } from '../collect/plan';
import type { TestEntry } from '../file/circus';
import { testDone } from './attempt/end-attempt';
import type { FileRun } from './state/file-run';
import { runTest } from './tests/run-test';

/**
 * Searches a concurrent test for a race. No each-hooks run for it, and Jest has no list of tests from which it
 * would run it again: all attempts are made inside the one that Jest knows.
 */
export async function runRaces(
  fileRun: FileRun,
  entry: TestEntry,
  plan: TestPlan,
  self: unknown,
): Promise<void> {
  // What Jest gets at the end: for `test.failing`, an error that it expects.
  let expected: unknown;
  for (let again = true; again; ) {
    try {
      await runTest(fileRun, entry, plan, self);
      if (entry.failing) entry.errors.push([passedAsFailing(fileRun), entry.asyncError]);
    } catch (error) {
      fileRun.skips.note(entry, error);
      if (entry.failing) expected = error;
      else entry.errors.push([error, entry.asyncError]);
    }
    await testDone(fileRun, entry);
    again = fileRun.chaos?.settle(entry, fileRun.interrupts.active) ?? false;
  }
  if (entry.failing) throw expected ?? passedAsFailing(fileRun);
  // Jest adds what is thrown to the others, as the last one.
  const last = entry.errors.pop();
  if (last !== undefined) throw (last as unknown[])[0];
}

/** Jest's own error. */
function passedAsFailing({ testFile }: FileRun): Error {
  return new testFile.realm.Error(
    'Failing test passed even though it was supposed to fail. Remove `.failing` to remove error.',
  );
}

import { hasFixtures } from '../../collect/plan';
import type { TestEntry } from '../../file/circus';
import { reported } from '../../report/test-file-owner';
import type { FileRun } from '../state/file-run';
import type { Attempt } from './attempt';
import { isReported } from './attempt-errors';
import { showOutputs } from './show-outputs';
import { outcomeOf } from './test-info';

/** Jest has taken what the body threw: reports the other errors. */
export function reportMoreErrors(fileRun: FileRun, entry: TestEntry): void {
  const attempt = fileRun.attempts.get(entry) as Attempt | undefined;
  if (attempt !== undefined) attempt.outcomeTaken = true;
  const errors = fileRun.moreErrors.get(entry);
  if (errors === undefined) return;
  fileRun.moreErrors.delete(entry);
  for (const error of errors) {
    if (!isReported(entry, error)) entry.errors.push([reported(fileRun.testFile, error), entry.asyncError]);
  }
}

/**
 * Jest has taken the outcome of a body. Where nothing follows that may need its fixtures, neither a hook nor another
 * handler of events, the attempt ends here: a hook of ours would cost as much as a small test.
 */
export function bodyDone(fileRun: FileRun, entry: TestEntry): Promise<void> | undefined {
  reportMoreErrors(fileRun, entry);
  const needs = fileRun.attempts.get(entry)?.plan.needs;
  if (!fileRun.endsWithOutcome || needs === undefined) return undefined;
  if (needs.hooked || entry.concurrent || !hasFixtures(needs)) return undefined;
  return endAttempt(fileRun, entry);
}

/** Tears down an attempt, after its body and its each-hooks. */
export async function endAttempt(fileRun: FileRun, entry: TestEntry): Promise<void> {
  const attempt = fileRun.attempts.get(entry) as Attempt | undefined;
  if (attempt === undefined || attempt.tornDown) return;
  attempt.bodyEnded = true;
  // Jest has the body's outcome by now.
  attempt.failure = undefined;
  for (const error of await attempt.close())
    entry.errors.push([reported(fileRun.testFile, error), entry.asyncError]);
  if (attempt.usesFixtures && outcomeOf(attempt) === 'failed')
    await showOutputs(fileRun.testFile, attempt.fixtures);
}

/** `test_done`: tears down what no hook has torn down. */
export function testDone(fileRun: FileRun, entry: TestEntry): Promise<void> | undefined {
  const attempt = fileRun.attempts.get(entry) as Attempt | undefined;
  if (attempt === undefined) return undefined;
  attempt.bodyEnded = true;
  reportMoreErrors(fileRun, entry);
  const waiting = attempt.errors.mayBeHandled();
  if (waiting === undefined && (attempt.tornDown || !attempt.hasWork)) {
    attempt.finish();
    return undefined;
  }
  // Jest has shut it: neither a hook runs, nor a body.
  if (hasFixtures(attempt.plan.needs)) fileRun.gate.open();
  return endAttempt(fileRun, entry)
    .then(() => waiting ?? attempt.errors.mayBeHandled())
    .then(() => attempt.finish());
}

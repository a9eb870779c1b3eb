import { hasFixtures } from '../collect/needs';
import type { TestEntry } from '../file/circus';
import { reported } from '../report/file-owner';
import type { Attempt } from './attempt';
import { isReported } from './attempt-errors';
import type { FileRun } from './file-run';
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
  if (hasFixtures(attempt.plan.needs)) session.gate.open();
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

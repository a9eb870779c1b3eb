import { reported } from '../../report/test-file-owner';
import type { RunningAttempt } from '../state/file-run';

/**
 * Gives the outcome of a body to Jest: throws the body's own error; Jest reports the others after it. `test.failing`
 * must not take an error from outside the body for the failure it expects, so such an error is thrown only where the
 * body did not run.
 */
export function settleOutcome(
  { fileRun, entry }: RunningAttempt,
  failure: { error: unknown } | undefined,
  errors: unknown[],
  setUpFailed: boolean,
): void {
  const { moreErrors, testFile } = fileRun;
  const more = moreErrors.get(entry) ?? [];
  // In the order in which they happened: set-up, body, teardown.
  errors = setUpFailed ? [...errors, ...more] : [...more, ...errors];
  if (failure === undefined && errors.length > 0) {
    if (!entry.failing) failure = { error: errors.shift() };
    // So that Jest does not report that the body passed. `moreErrors` reports it anyway.
    else if (setUpFailed) failure = { error: errors[0] };
  }
  if (errors.length > 0) moreErrors.set(entry, errors);
  else moreErrors.delete(entry);
  if (failure !== undefined) throw reported(testFile, failure.error);
}

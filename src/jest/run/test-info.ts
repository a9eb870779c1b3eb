import type { TestInfo } from '../../fixtures/life/requester-info';
import type { AttemptOfRun } from './file-run';

/** `request.test` of an attempt: a plain object of the test's realm. */
export function makeTestInfo(attempt: AttemptOfRun): TestInfo {
  const { entry, plan, run, fileRun } = attempt;
  const subject = Object.assign(fileRun.testFile.realm.newObject(), {
    name: entry.name,
    fullName: attempt.fullName,
    path: fileRun.testFile.testPath,
    line: run.requester.named.site.line,
    attempt: attempt.number,
    tags: plan.tags,
  });
  Object.defineProperty(subject, 'outcome', { enumerable: true, get: () => outcomeOf(attempt) });
  return subject as unknown as TestInfo;
}

function outcomeOf(attempt: AttemptOfRun): TestInfo['outcome'] {
  if (!attempt.ended) return undefined;
  const { entry, failure, home, fileRun } = attempt;
  const told = failure === undefined ? entry.errors : [...entry.errors, failure.error];
  const errors = [...told, ...(fileRun.moreErrors.get(entry) ?? []), ...home.errors];
  if (fileRun.interrupts.skips(entry, errors)) return 'skipped';
  const failed =
    hasFailed(attempt) || home.errors.length > 0 || failsAssertionCount(fileRun.testFile.jest.expect);
  return failed ? 'failed' : 'passed';
}

/** Whether an error of an attempt is known that is going to be reported. */
export function hasFailed({ entry, failure, fileRun }: AttemptOfRun): boolean {
  // Jest keeps a rejection apart, as it may be handled yet, until the test is done.
  const rejected = entry.unhandledRejectionErrorByPromise.size > 0;
  return rejected || entry.errors.length > 0 || failure !== undefined || fileRun.moreErrors.has(entry);
}

interface ExpectState {
  readonly assertionCalls: number;
  readonly expectedAssertionsNumber: number | null;
  readonly isExpectingAssertions: boolean;
  readonly suppressedErrors: readonly unknown[];
}

/**
 * Whether Jest is going to fail the test for its number of assertions (`expect.assertions`,
 * `expect.hasAssertions`) or for suppressed errors. It looks at them in `test_done`, after all teardown:
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-circus/src/legacy-code-todo-rewrite/jestAdapterInit.ts
 */
export function failsAssertionCount(expect: unknown): boolean {
  const state = (expect as { getState?: () => ExpectState } | undefined)?.getState?.();
  if (state === undefined) return false;
  const { assertionCalls, expectedAssertionsNumber, isExpectingAssertions, suppressedErrors } = state;
  if (suppressedErrors !== undefined && suppressedErrors.length > 0) return true;
  if (typeof expectedAssertionsNumber === 'number' && expectedAssertionsNumber !== assertionCalls)
    return true;
  return isExpectingAssertions === true && assertionCalls === 0;
}

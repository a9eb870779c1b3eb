import type { TestInfo } from '../../../fixtures/life/interfaces/requester-info';
import type { RunningAttempt } from '../state/file-run';

/** `request.test` of an attempt: a plain object of the test's realm. */
export function makeTestInfo(attempt: RunningAttempt): TestInfo {
  const { entry, plan, fixtures, fileRun } = attempt;
  const { testFile } = fileRun;
  const info = Object.assign(testFile.realm.newObject(), {
    name: entry.name,
    fullName: attempt.fullName,
    path: testFile.testPath,
    attempt: attempt.number,
    tags: plan.tags,
  });
  const { site } = fixtures.requester.named;
  Object.defineProperties(info, {
    // Read when needed: V8 formats the whole stack for it, through Jest's source maps.
    line: { enumerable: true, get: () => site.line },
    outcome: { enumerable: true, get: () => outcomeOf(attempt) },
  });
  return info as unknown as TestInfo;
}

/** How an attempt went, as far as it is known; undefined until its body has ended. */
export function outcomeOf(attempt: RunningAttempt): TestInfo['outcome'] {
  if (!attempt.bodyEnded) return undefined;
  const { entry, failure, scope, fileRun } = attempt;
  const ofBody = failure === undefined ? entry.errors : [...entry.errors, failure.error];
  const errors = [...ofBody, ...(fileRun.moreErrors.get(entry) ?? []), ...scope.errors];
  const { interrupts, skips } = fileRun;
  if (interrupts.countsAsSkipped(entry, errors) || skips.countsAsSkipped(entry, errors)) return 'skipped';
  const failed =
    hasFailed(attempt) || scope.errors.length > 0 || failsAssertionCount(fileRun.testFile.jest.expect);
  return failed ? 'failed' : 'passed';
}

/** Whether an attempt has an error that will be reported. */
export function hasFailed({ entry, failure, fileRun }: RunningAttempt): boolean {
  // Jest keeps a rejection separately until the test is done: it may still be handled.
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
 * Whether Jest will fail the test for its number of assertions (`expect.assertions`,
 * `expect.hasAssertions`) or for suppressed errors. It checks them in `test_done`, after all teardown:
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

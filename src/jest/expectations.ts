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

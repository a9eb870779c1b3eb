import { failsAssertionCount } from '../../../../../src/jest/run/attempt/test-info';

const STATE = {
  assertionCalls: 1,
  expectedAssertionsNumber: null,
  isExpectingAssertions: false,
  suppressedErrors: [],
};
const fails = (state: object): boolean => failsAssertionCount({ getState: () => ({ ...STATE, ...state }) });

test.each<[string, object, boolean]>([
  ['nothing expected', {}, false],
  ['nothing expected and nothing asserted', { assertionCalls: 0 }, false],
  ['the right number', { expectedAssertionsNumber: 1 }, false],
  ['too few', { expectedAssertionsNumber: 2 }, true],
  ['too many', { expectedAssertionsNumber: 0 }, true],
  ['none, as expected', { expectedAssertionsNumber: 0, assertionCalls: 0 }, false],
  ['some, as expected', { isExpectingAssertions: true }, false],
  ['none where some are expected', { isExpectingAssertions: true, assertionCalls: 0 }, true],
  ['a suppressed error', { suppressedErrors: [new Error()] }, true],
  ['no list of suppressed errors', { suppressedErrors: undefined }, false],
])('%s', (_, state, result) => {
  expect(fails(state)).toBe(result);
});

test("an `expect` that is not Jest's never fails it", () => {
  expect([undefined, {}, () => {}].map(failsAssertionCount)).toEqual([false, false, false]);
});

test('the real `expect` has the state that is read', () => {
  expect.assertions(2);
  const before = failsAssertionCount(expect);
  expect(before).toBe(true);
  expect(failsAssertionCount(expect)).toBe(true);
});

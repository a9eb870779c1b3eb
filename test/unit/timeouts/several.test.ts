import { errorsOf, several } from '../../../src/timeouts/several';

test.each([
  ['several', [new Error('one'), 'two']],
  ['one, thrown as it is', [new Error('one')]],
  ['one that is undefined', [undefined]],
])('the errors come back: %s', (_what, errors) => {
  expect(errorsOf(several(errors))).toEqual(errors);
});

test('a single error is thrown itself', () => {
  const error = new Error('one');
  expect(several(new Set([error]))).toBe(error);
});

test('what anything else threw is one error', () => {
  expect([errorsOf('text'), errorsOf({ errors: [1, 2] })]).toEqual([['text'], [{ errors: [1, 2] }]]);
});

import { at, layOut } from '../../../src/errors/problem';

test('a message says what happened, the facts, and the fix', () => {
  expect(layOut('It broke.', ['here', undefined, 'there'], 'mend it.')).toBe(
    'It broke.\n  here\n  there\n  To fix: mend it.',
  );
});

test('an unknown place is left out', () => {
  expect(at('a.test.ts:3')).toBe(' at a.test.ts:3');
  expect(at(undefined)).toBe('');
});

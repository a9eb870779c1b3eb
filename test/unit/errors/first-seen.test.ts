import { FIRST_SEEN, firstSeen } from '../../../src/errors/first-seen';

test.each([
  ['b.test.js:3', '(first seen in "adds" at b.test.js:3)'],
  [undefined, '(first seen in "adds")'],
])('a mark with the place %s is found again', (place, text) => {
  expect(firstSeen('adds', place)).toBe(text);
  expect(`refused ${text}`.replace(new RegExp(` ${FIRST_SEEN}$`), '')).toBe('refused');
});

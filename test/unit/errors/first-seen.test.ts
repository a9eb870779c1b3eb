import { FIRST_SEEN, firstSeen } from '../../../src/errors/first-seen';

test.each([
  ['adds', 'b.test.js:3', '(first seen in "adds" at b.test.js:3)'],
  ['adds', undefined, '(first seen in "adds")'],
  ['beforeAll hook at a.test.js:2', undefined, '(first seen in beforeAll hook at a.test.js:2)'],
  ['beforeAll hook at a.test.js:2', 'a.test.js:2', '(first seen in beforeAll hook at a.test.js:2)'],
  ['afterAll hook', undefined, '(first seen in afterAll hook)'],
  ['beforeAll hooks work', undefined, '(first seen in "beforeAll hooks work")'],
])('a mark of %s with the place %s is found again', (label, place, text) => {
  expect(firstSeen(label, place)).toBe(text);
  expect(`refused ${text}`.replace(new RegExp(` ${FIRST_SEEN}$`), '')).toBe('refused');
});

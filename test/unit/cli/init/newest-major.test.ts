import { newestMajor } from '../../../../src/cli/init/newest-major';

test.each([
  ['5', 5],
  ['^6.0.3', 6],
  ['~7.0.2', 7],
  ['7.x', 7],
  ['v5.9.3', 5],
  ['>=5.4', Number.POSITIVE_INFINITY],
  ['>=4.3 <7', 6],
  ['>=5 <7.0.0', 6],
  ['>=5 <7.1', 7],
  ['>=5 <=7', 7],
  ['5 - 6.1', 6],
  ['^5 || ^6 || ^7', 7],
  ['*', Number.POSITIVE_INFINITY],
  ['', Number.POSITIVE_INFINITY],
  ['latest', Number.POSITIVE_INFINITY],
  ['npm:@typescript/typescript6@^6.0.0', 6],
  ['npm:typescript@7', 7],
  ['workspace:*', undefined],
  ['file:../typescript', undefined],
  ['catalog:', undefined],
])('of %j: %s', (range, newest) => {
  expect(newestMajor(range)).toBe(newest);
});

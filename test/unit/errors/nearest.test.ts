import { nearest } from '../../../src/errors/nearest';

test.each([
  ['a letter too many', 'serverr'],
  ['a letter too few', 'servr'],
  ['a wrong letter', 'servar'],
  ['two letters swapped', 'sevrer'],
  ['other capitals', 'SERVER'],
  ['a part of it', 'erve'],
])('finds a name with %s', (_, name) => {
  expect(nearest(name, ['port', 'server', 'database'])).toEqual(['server']);
});

test('a swap is one edit, so it is nearer than two', () => {
  expect(nearest('abdc', ['abxx', 'abcd'])).toEqual(['abcd', 'abxx']);
});

test('a long name may differ in a third of its letters', () => {
  const known = ['unusedTcpPort'];
  expect(nearest('unusedXxxxort', known)).toEqual(known);
  expect(nearest('unusedXxxxxxt', known)).toEqual([]);
});

test('the nearest come first, at most three', () => {
  expect(nearest('port1', ['ports22', 'port', 'port12', 'sport12', 'port1'])).toEqual([
    'port1',
    'port',
    'port12',
  ]);
});

test.each([
  ['x', ['loopExceptions', 'ax', 'y']],
  ['ab', ['tabs', 'xy']],
  ['name', ['me', 'port']],
])('short names are near to few others: %s', (name, known) => {
  expect(nearest(name, known)).toEqual([]);
});

test('unrelated names are not suggested', () => {
  expect(nearest('database', ['port', 'server'])).toEqual([]);
  expect(nearest('database', [])).toEqual([]);
});

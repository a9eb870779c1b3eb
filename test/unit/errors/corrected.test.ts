import { fixByCorrecting } from '../../../src/errors/corrected';

const MS = 'a number of milliseconds greater than 0, or Infinity';
const NAMES = "an array of fixtures' names";
const IDS = 'an array of strings, one for each value of params, or a function';

test.each<[string, string, unknown, string | undefined]>([
  ['timeout', MS, '100', 'write `timeout: 100`.'],
  ['timeout', MS, '5s', 'write `timeout: 5000`.'],
  ['timeout', MS, '1.5 min', 'write `timeout: 90000`.'],
  ['timeout', MS, -1, 'write `timeout: Infinity` if there should be no limit.'],
  ['timeout', MS, 'soon', undefined],
  ['timeout', MS, '0', undefined],
  ['auto', 'true or false', 'true', 'write `auto: true`.'],
  ['auto', 'true or false', 0, 'write `auto: false`.'],
  ['auto', 'true or false', 'often', undefined],
  ['params', 'an array with at least one value', 'x', 'write `params: ["x"]`.'],
  ['params', 'an array with at least one value', { a: 1 }, 'write `params: [{ a: 1 }]`.'],
  ['params', 'an array with at least one value', [], undefined],
  ['useFixtures', NAMES, 'greeting', "write `useFixtures: ['greeting']`."],
  ['useFixtures', NAMES, 'a, b', "write `useFixtures: ['a', 'b']`."],
  ['useFixtures', NAMES, 5, undefined],
  ['ids', IDS, 'x', undefined],
  ['scope', 'one of "test", "file"', 'fil', undefined],
])('option %s, which is to be %s, with the value %j', (option, expected, got, fix) => {
  expect(fixByCorrecting(option, expected, got)).toBe(fix);
});

import { readTestOptions } from '../../../../src/jest/api/test-options';
import type { TestFile } from '../../../../src/jest/file/test-file';
import { codeOf, makeError, siteAt } from '../../support';

const testFile = { makeError } as TestFile;
const site = jest.fn(() => siteAt('a.test.ts:3'));
const read = (given: Record<string, unknown>): unknown => readTestOptions(testFile, 'adds', given, site);

beforeEach(() => {
  site.mockClear();
});

test.each<Record<string, unknown>>([
  {},
  {
    timeout: 1,
    overrides: { db: 1 },
    useFixtures: ['db'],
    loopScope: 'file',
    setup: 'parallel',
    tags: ['slow'],
  },
  { timeout: Number.POSITIVE_INFINITY, setup: 'sequential', overrides: {}, useFixtures: [], tags: [] },
  { timeout: undefined, tags: undefined },
])('%j is accepted as it is, and its place is not looked for', given => {
  expect(read(given)).toEqual(given);
  expect(site).not.toHaveBeenCalled();
});

test.each<[string, unknown]>([
  ['timeout', 0],
  ['timeout', Number.NaN],
  ['timeout', '5'],
  ['overrides', []],
  ['overrides', null],
  ['useFixtures', 'db'],
  ['useFixtures', [1]],
  ['loopScope', 'module'],
  ['setup', 'serial'],
  ['tags', 'slow'],
  ['tags', [1]],
])('%s refuses %p', async (option, value) => {
  expect(() => read({ [option]: value })).toThrow(`Expected option "${option}" of test "adds" to be `);
  expect(() => read({ [option]: value })).toThrow('a.test.ts:3');
  expect(await codeOf(() => read({ [option]: value }))).toBe('ERR_TEST_OPTION');
});

test('an unknown option is refused, with a list of the known ones', () => {
  expect(() => read({ fixtures: ['db'] })).toThrow(
    /^Test "adds" has unknown option "fixtures"\.[\s\S]*Known options: timeout, overrides, useFixtures, loopScope, setup, tags/,
  );
  expect(() => read({ timout: 5 })).toThrow('write "timeout".');
});

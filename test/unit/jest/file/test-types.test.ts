import { ALL_TESTS } from '../../../../src/fixtures/declare/test-type';
import { TestTypes } from '../../../../src/jest/file/test-types';

const testTypes = new TestTypes();
const own = testTypes.extend([ALL_TESTS], { file: '/p/setup.ts', nth: 2 });
const other = testTypes.extend([ALL_TESTS], undefined);

test('a test function has the test type noted for it', () => {
  const fn = (): void => {};
  testTypes.set(fn, own);
  expect(testTypes.of(fn)).toBe(own);
  expect([() => {}, undefined, 'test'].map(each => testTypes.of(each))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('only a test type from a setup file has a key for other realms', () => {
  expect([own, other, ALL_TESTS].map(each => testTypes.keyOf(each))).toEqual([
    '/p/setup.ts\x002',
    undefined,
    undefined,
  ]);
});

describe('merging two test types', () => {
  test('gives the one that sees all of the other', () => {
    const inner = testTypes.extend([own], undefined);
    expect(testTypes.merge(own, ALL_TESTS)).toBe(own);
    expect(testTypes.merge(ALL_TESTS, own)).toBe(own);
    expect(testTypes.merge(own, own)).toBe(own);
    expect(testTypes.merge(inner, own)).toBe(inner);
    expect(testTypes.merge(own, inner)).toBe(inner);
  });

  test('otherwise gives a third, the same each time', () => {
    const merged = testTypes.merge(own, other);
    expect(merged.lineage).toEqual(expect.arrayContaining([own, other]));
    expect(testTypes.merge(own, other)).toBe(merged);
  });
});

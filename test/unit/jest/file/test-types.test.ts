import { ALL_TESTS } from '../../../../src/fixtures/declare/test-type';
import { TestTypes } from '../../../../src/jest/file/test-types';

const audiences = new TestTypes();
const own = audiences.extend(ALL_TESTS, { file: '/p/setup.ts', nth: 2 });
const other = audiences.extend(ALL_TESTS, undefined);

test('a test function is for the audience that was noted for it', () => {
  const fn = (): void => {};
  audiences.set(fn, own);
  expect(audiences.of(fn)).toBe(own);
  expect([() => {}, undefined, 'test'].map(each => audiences.of(each))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('another realm knows one that comes from a setup file, and no other', () => {
  expect([own, other, ALL_TESTS].map(each => audiences.keyOf(each))).toEqual([
    '/p/setup.ts\x002',
    undefined,
    undefined,
  ]);
});

describe('who sees what both see', () => {
  test('is one of them where that one sees all of the other', () => {
    const inner = audiences.extend(own, undefined);
    expect(audiences.merge(own, ALL_TESTS)).toBe(own);
    expect(audiences.merge(ALL_TESTS, own)).toBe(own);
    expect(audiences.merge(own, own)).toBe(own);
    expect(audiences.merge(inner, own)).toBe(inner);
    expect(audiences.merge(own, inner)).toBe(inner);
  });

  test('is else a third, the same each time', () => {
    const merged = audiences.merge(own, other);
    expect(merged.lineage).toEqual(expect.arrayContaining([own, other]));
    expect(audiences.merge(own, other)).toBe(merged);
  });
});

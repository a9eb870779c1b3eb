import { ALL_TESTS } from '../../../../src/fixtures/declare/test-type';
import { NO_MARKERS } from '../../../../src/jest/file/markers';
import type { TestFile } from '../../../../src/jest/file/test-file';
import { select, type TestForm } from '../../../../src/jest/file/test-form';

const PLAIN: TestForm = {
  mode: undefined,
  concurrent: false,
  failing: false,
  markers: NO_MARKERS,
  testType: ALL_TESTS,
};
const testFile = { jest: { test } } as unknown as TestFile;

test.each<[string, Partial<TestForm>, unknown]>([
  ['test', {}, test],
  ['test.only', { mode: 'only' }, test.only],
  ['test.skip', { mode: 'skip' }, test.skip],
  ['test.failing', { failing: true }, test.failing],
  ['test.only.failing', { mode: 'only', failing: true }, test.only.failing],
  ['test.skip.failing', { mode: 'skip', failing: true }, test.skip.failing],
  ['test.concurrent', { concurrent: true }, test.concurrent],
  ['test.concurrent.only', { concurrent: true, mode: 'only' }, test.concurrent.only],
  ['test.concurrent.failing', { concurrent: true, failing: true }, test.concurrent.failing],
  ['test.concurrent.skip, which is test.skip', { concurrent: true, mode: 'skip' }, test.skip],
])("%s is Jest's own", (_, shape, own) => {
  expect(own).toEqual(expect.any(Function));
  expect(select(testFile, { ...PLAIN, ...shape })).toBe(own);
});

test.each(['only', 'skip', undefined] as const)('every form of mode %s exists', mode => {
  for (const concurrent of [true, false])
    for (const failing of [true, false])
      expect(select(testFile, { ...PLAIN, mode, concurrent, failing })).toEqual(expect.any(Function));
});

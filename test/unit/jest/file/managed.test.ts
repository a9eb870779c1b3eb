import { isManagedTest } from '../../../../src/jest/file/managed';
import { processState } from '../../../../src/process/process-state';

test('a test is managed once it is noted', () => {
  const entry = {};
  expect(isManagedTest(entry)).toBe(false);
  processState.managed.add(entry);
  expect([isManagedTest(entry), isManagedTest({})]).toEqual([true, false]);
});

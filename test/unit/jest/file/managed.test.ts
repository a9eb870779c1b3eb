import { isManagedTest } from '../../../../src/jest/file/managed';
import { worker } from '../../../../src/process/store';

test('a test is managed once it is noted', () => {
  const entry = {};
  expect(isManagedTest(entry)).toBe(false);
  worker.managed.add(entry);
  expect([isManagedTest(entry), isManagedTest({})]).toEqual([true, false]);
});

import { dirname } from 'node:path';
import { jestVersion, requireJest, resolveJest } from '../../../../src/jest/process/jest-packages';

test.each([
  '@jest/core',
  '@jest/transform',
  'jest-config',
  'jest-runner',
  'jest-runtime',
  'jest-util',
  'pretty-format',
  '@jest/test-sequencer',
  'jest-circus',
  'jest-environment-node',
  '@jest/expect',
  '@jest/globals',
] as const)("%s is the running Jest's", name => {
  expect(resolveJest(name)).toBe(require.resolve(name));
});

test('a package is loaded', () => {
  const { format } = requireJest('pretty-format') as { format(value: unknown): string };
  expect(format([1])).toBe('Array [\n  1,\n]');
});

test("the version is Jest's", () => {
  expect(jestVersion()).toBe(require('jest/package.json').version);
  expect(dirname(resolveJest('jest-environment-node'))).toContain('jest-environment-node');
});

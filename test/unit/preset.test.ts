import * as fs from 'node:fs';
import * as path from 'node:path';
import { preset } from '../../src/preset';

const ROOT = path.resolve(__dirname, '../..');
const made = preset('/root/jest-loop', '/nowhere');

test('all paths are absolute: Jest would take others for the project', () => {
  expect(made.testEnvironment).toBe(path.join('/root/jest-loop/build/jest/environment.js'));
  expect(made.setupFilesAfterEnv).toEqual([path.join('/root/jest-loop/build/jest/setup.js')]);
});

test('what it names is compiled from a source that there is', () => {
  for (const file of [made.testEnvironment, ...made.setupFilesAfterEnv]) {
    const source = path.relative('/root/jest-loop/build', file).replace(/\.js$/, '.ts');
    expect(fs.existsSync(path.join(ROOT, 'src', source))).toBe(true);
  }
});

test('a transform is there only where the project needs one', () => {
  expect(made).not.toHaveProperty('transform');
  expect(preset(ROOT, ROOT)).toHaveProperty('transform');
});

test.each([
  ['/p/__tests__/jest.fixtures.ts', true],
  ['/p/__tests__/jest.fixtures.cjs', true],
  ['C:\\p\\__tests__\\jest.fixtures.js', true],
  ['/p/node_modules/a/a.test.js', true],
  ['/p/__tests__/jest.fixtures.test.ts', false],
  ['/p/__tests__/my-jest.fixtures.ts', false],
  ['/p/a.test.ts', false],
])('whether %s is no test is %p', (file, ignored) => {
  expect(made.testPathIgnorePatterns.some(pattern => new RegExp(pattern).test(file))).toBe(ignored);
});

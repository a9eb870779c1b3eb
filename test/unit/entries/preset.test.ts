import * as fs from 'node:fs';
import * as path from 'node:path';
import { preset } from '../../../src/entries/preset';

const ROOT = path.resolve(__dirname, '../../..');
const made = preset('/root/jest-loop', '/nowhere');

test('all paths are absolute: Jest resolves others against the project', () => {
  expect(made.testEnvironment).toBe(path.join('/root/jest-loop/build/entries/environment.js'));
  expect(made.setupFilesAfterEnv).toEqual([path.join('/root/jest-loop/build/entries/setup.js')]);
});

test('all files that it names have a source', () => {
  for (const file of [made.testEnvironment, ...made.setupFilesAfterEnv]) {
    const source = path.relative('/root/jest-loop/build', file).replace(/\.js$/, '.ts');
    expect(fs.existsSync(path.join(ROOT, 'src', source))).toBe(true);
  }
});

describe('where TypeScript is compiled by ts-jest', () => {
  const JAVASCRIPT = '/p/a.js';
  const takes = (transform: object | undefined, file: string): boolean =>
    Object.keys(transform!).some(pattern => new RegExp(pattern).test(file));

  test("a project without a transform has the preset's, including Jest's default", () => {
    const { transform } = { ...preset(ROOT, ROOT) };
    expect([takes(transform, '/p/a.ts'), takes(transform, JAVASCRIPT)]).toEqual([true, true]);
  });

  test('a project with a transform gets only that for TypeScript', () => {
    const { transform } = preset(ROOT, ROOT);
    expect([takes(transform, '/p/a.ts'), takes(transform, JAVASCRIPT)]).toEqual([true, false]);
  });

  test('projects that are read one after another each get their own', () => {
    const shared = preset(ROOT, ROOT);
    const whole = (): object | undefined => ({ ...shared }).transform;
    expect([whole(), shared.transform, whole()].map(each => takes(each, JAVASCRIPT))).toEqual([
      true,
      false,
      true,
    ]);
  });
});

test('without ts-jest there is no transform', () => {
  expect(made).not.toHaveProperty('transform');
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

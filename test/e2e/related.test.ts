import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fullTest } from '../sizes';
import { keepJest, ROOT, runJest } from './run-jest';

keepJest();

/** A project on disk, so that several runs share what Jest remembers of it. */
function inProject(
  files: Readonly<Record<string, string>>,
  use: (folder: string, write: (name: string, text: string) => void) => void,
): void {
  fs.mkdirSync(path.join(ROOT, '.tmp/e2e'), { recursive: true });
  const folder = fs.mkdtempSync(path.join(ROOT, '.tmp/e2e/related-'));
  const write = (name: string, text: string): void => {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  };
  try {
    for (const [name, text] of Object.entries(files)) write(name, text);
    use(folder, write);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** The tests that Jest would run. */
function listed(folder: string, ...args: string[]): string[] {
  const jest = path.join(ROOT, 'node_modules/jest/bin/jest.js');
  const { stdout } = spawnSync(process.execPath, [jest, '--listTests', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  const files = stdout.split('\n').filter(line => line.startsWith(folder));
  return files.map(file => path.relative(folder, file).split(path.sep).join('/')).sort();
}

const CONFIG = "module.exports = { preset: 'jest-loop', cacheDirectory: '<rootDir>/.cache' };";
const uses = "test('uses it', ({ made }) => { expect(made).toBe(1); });";

fullTest.each(['js', 'ts'])('what jest.fixtures.%s imports is a dependency of the tests below', extension => {
  const files = {
    'package.json': '{ "name": "project" }',
    'jest.config.js': CONFIG,
    [`src/make.${extension}`]: 'export const make = () => 1;',
    [`src/other.${extension}`]: 'export const other = () => 1;',
    [`a/jest.fixtures.${extension}`]: "import { make } from '../src/make';\nfixture('made', () => make());",
    [`a/one.test.${extension}`]: uses,
    [`a/deep/er/two.test.${extension}`]: uses,
    // No test: a change of the fixtures is none of it.
    [`a/lib.${extension}`]: 'export const lib = /x/.test("x");',
    [`b/three.test.${extension}`]:
      "import { lib } from '../a/lib';\ntest('does not', () => { expect(lib).toBe(true); });",
    // Jest can do this without any extension.
    'babel.config.js': `module.exports = { presets: [[${JSON.stringify(
      require.resolve('@babel/preset-env'),
    )}, { targets: { node: 'current' } }]] };`,
  };
  const { 'babel.config.js': babel, ...rest } = files;
  inProject(extension === 'js' ? { ...rest, 'babel.config.js': babel } : rest, (folder, write) => {
    const related = (...names: string[]): string[] => listed(folder, '--findRelatedTests', ...names);
    const below = [`a/deep/er/two.test.${extension}`, `a/one.test.${extension}`];
    expect(related(`src/make.${extension}`)).toEqual(below);
    expect(related(`a/jest.fixtures.${extension}`)).toEqual(below);
    expect(related(`src/other.${extension}`)).toEqual([]);
    // Jest remembers what the tests import; this file was not there.
    write(
      `jest.fixtures.${extension}`,
      "import { other } from './src/other';\nfixture('other', () => other());",
    );
    expect(related(`src/other.${extension}`)).toEqual([...below, `b/three.test.${extension}`]);
  });
});

fullTest('--onlyChanged knows them, tests of any name and an extractor of the project too', () => {
  inProject(
    {
      'package.json': '{ "name": "project" }',
      '.gitignore': '.cache',
      'jest.config.js': `module.exports = {
        preset: 'jest-loop', cacheDirectory: '<rootDir>/.cache',
        testMatch: ['**/*.check.js'], dependencyExtractor: '<rootDir>/extractor.js',
      };`,
      'extractor.js': `const { withFixtureFiles } = require('jest-loop/dependency-extractor');
        module.exports = withFixtureFiles({
          extract: (code, file, byDefault) => [...byDefault(code, file), ...[...code.matchAll(/load\\('(.*?)'/g)].map(each => each[1])],
          getCacheKey: () => 'own',
        });`,
      'src/make.js': 'exports.make = () => 1;',
      'src/loaded.js': 'exports.loaded = 1;',
      'jest.fixtures.js': "fixture('made', () => require('./src/make').make());",
      'inner/a.check.js': uses,
      'inner/b.check.js': "const load = require; it('loads', () => { load('../src/loaded'); });",
    },
    (folder, write) => {
      const git = (...args: string[]): void => {
        const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
        const { status, stderr } = spawnSync('git', [...identity, ...args], {
          cwd: folder,
          encoding: 'utf8',
        });
        expect([status, stderr]).toEqual([0, expect.any(String)]);
      };
      git('init', '-q');
      git('add', '-A');
      git('commit', '-q', '-m', 'all');
      expect(listed(folder, '--onlyChanged')).toEqual([]);
      write('src/make.js', 'exports.make = () => 2;');
      const { code, files } = runJest(folder, { args: ['-i', '--passWithNoTests', '--onlyChanged'] });
      expect(Object.keys(files).sort()).toEqual(['inner/a.check.js', 'inner/b.check.js']);
      expect(code).toBe(1);
      git('checkout', 'src/make.js');
      write('src/loaded.js', 'exports.loaded = 2;');
      expect(listed(folder, '--onlyChanged')).toEqual(['inner/b.check.js']);
    },
  );
});

test('what is no extractor is refused', () => {
  const { withFixtureFiles } = require('jest-loop/dependency-extractor');
  expect(() => withFixtureFiles({})).toThrow(/^Expected withFixtureFiles\(\) to get a dependency extractor/);
});

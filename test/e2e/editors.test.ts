import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fullTest, sizedTo } from '../sizes';
import { ROOT } from './run-jest';

/*
 * How editors run tests. VS Code's extension requests all results as JSON with the place of each test, and runs one test
 * by its full name; WebStorm adds the path, and runs failed tests again by their names. Both find a test in its source by
 * its line and name.
 */
const JEST = path.join(ROOT, 'node_modules/jest/bin/jest.js');
const LOOP = path.join(ROOT, 'node_modules/jest-loop/build/entries/cli.js');

/** Each test stands on the line with its title. */
const TESTS = `
describe('users (all)', () => {
  test('adds $1.50?', ({ user }) => { expect(user).toBe('Ada'); });
  test('stores', ({ db }) => {
    expect(db).toBe('memory');
  });
  test.each([[1, 2], [3, 4]])('adds %i and %i', (a, b, { user }) => { expect([user, a + b]).toContain('Ada'); });
  test.each\`
    n
    \${7}
  \`('table $n', ({ n }, { user }) => { expect(user).toBe('Ada'); });
  test.catchLoopExceptions('marked', ({ user }) => {});
  test.useFixtures('user')('uses', () => {});
  test('options', { timeout: 500 }, ({ db }) => {});
  test.concurrent('concurrent', async ({ user }) => {});
  test.skip('skipped', ({ db }) => {});
  test.todo('later');
  test.failing('fails', ({ db }) => { throw new Error('x'); });
  const own = test.extend('more', () => 1);
  own('extended', ({ more, db }) => {});
  describe.each([['x'], ['y']])('block %s', () => {
    test('inside', ({ db }) => {});
  });
});
it('top', ({ user }) => {});
`;
const FILES = {
  'package.json': '{ "jest": { "preset": "jest-loop" } }',
  'jest.fixtures.js': `
    fixture('db', { params: ['memory', 'disk'] }, (deps, request) => request.param);
    fixture('user', () => 'Ada');`,
  'a.test.js': TESTS,
  'b.test.ts': `import { describe, expect, it, test } from 'jest-loop';

interface Longer { than: 'one line' }
declare module 'jest-loop' { interface Fixtures { db: string; user: string } }
${TESTS}`,
  'c.test.js': "test('passes', () => {});",
};

interface Result {
  readonly fullName: string;
  readonly title: string;
  readonly status: string;
  readonly location: { readonly line: number; readonly column: number };
}

let folder: string;
beforeAll(() => {
  fs.mkdirSync(path.join(ROOT, '.tmp/e2e'), { recursive: true });
  folder = fs.mkdtempSync(path.join(ROOT, '.tmp/e2e/editors-'));
  for (const [name, text] of Object.entries(FILES)) fs.writeFileSync(path.join(folder, name), text);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** A run as an editor starts it: what Jest wrote into the file, by the name of the test file. */
function run(args: readonly string[], script = JEST): Record<string, readonly Result[]> {
  const outputFile = path.join(folder, 'results.json');
  fs.rmSync(outputFile, { force: true });
  const all = [
    script,
    '--testLocationInResults',
    '--json',
    '--useStderr',
    `--outputFile=${outputFile}`,
    ...args,
  ];
  const { JEST_WORKER_ID: _, ...env } = process.env;
  spawnSync(process.execPath, all, { cwd: folder, env });
  const { testResults } = JSON.parse(fs.readFileSync(outputFile, 'utf8')) as {
    testResults: { name: string; assertionResults: Result[] }[];
  };
  return Object.fromEntries(
    testResults.map(({ name, assertionResults }) => [path.basename(name), assertionResults]),
  );
}

/** The tests that ran, with their statuses. */
const ran = (results: readonly Result[]): string[] =>
  results
    .filter(({ status }) => status !== 'pending' && status !== 'todo')
    .map(({ fullName, status }) => `${fullName}: ${status}`);

const both = (name: string, ...statuses: string[]): string[] =>
  ['memory', 'disk'].map((id, index) => `users (all) ${name} [${id}]: ${statuses[index] ?? 'passed'}`);

const ALL = [
  'users (all) adds $1.50?: passed',
  ...both('stores', 'passed', 'failed'),
  'users (all) adds 1 and 2: passed',
  'users (all) adds 3 and 4: passed',
  'users (all) table 7: passed',
  'users (all) marked: passed',
  'users (all) uses: passed',
  ...both('options'),
  'users (all) concurrent: passed',
  ...both('fails'),
  ...both('extended'),
  ...both('block x inside'),
  ...both('block y inside'),
  'top: passed',
];

const WAYS: [way: string, script: string, args: string[]][] = [
  ['all files through jest-loop, in band', LOOP, ['-i', '--loop-debug']],
  ['all files, with workers', JEST, ['--maxWorkers=2']],
];
test.each(sizedTo(1, WAYS))('%s: each test has the line and the name of its source', (_, script, args) => {
  const results = run(args, script);
  for (const file of ['a.test.js', 'b.test.ts'] as const) {
    const lines = FILES[file].split('\n');
    expect([file, ran(results[file]!)]).toEqual([file, ALL]);
    for (const { title, location } of results[file]!) {
      // As it is written: without its parameter, and before the row's values are put in.
      const written = title
        .replace(/ \[\w+\]$/, '')
        .replace(/\d and \d/, '%i and %i')
        .replace('7', '$n');
      const line = lines[location.line - 1]!;
      expect([title, line]).toEqual([title, expect.stringContaining(`'${written}'`)]);
    }
  }
});

/** A full name as a pattern. */
const exactly = (name: string): string => `^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`;

fullTest('tests by their full names: all values and rows, and nothing else', () => {
  // A title from a table is searched for as a pattern.
  const named = ['-t', `${exactly('users (all) stores')}|^users \\(all\\) adds (.*?) and (.*?)$`];
  const results = run([...named, '--runTestsByPath', path.join(folder, 'a.test.js')]);
  expect(Object.keys(results)).toEqual(['a.test.js']);
  expect(ran(results['a.test.js']!)).toEqual([
    ...both('stores', 'passed', 'failed'),
    'users (all) adds 1 and 2: passed',
    'users (all) adds 3 and 4: passed',
  ]);
  // What is left out is reported as such, once per value.
  expect(results['a.test.js']).toHaveLength(ALL.length + 3);
});

fullTest('one value, a row of a table, and names with the characters of patterns', () => {
  const names = ['users (all) stores [disk]', 'users (all) adds 3 and 4', 'users (all) adds $1.50?', 'top'];
  const pattern = names.map(exactly).join('|');
  const results = run(['--runTestsByPath', 'b.test.ts', '-t', pattern], LOOP);
  expect(ran(results['b.test.ts']!)).toEqual([
    'users (all) adds $1.50?: passed',
    'users (all) stores [disk]: failed',
    'users (all) adds 3 and 4: passed',
    'top: passed',
  ]);
});

fullTest('a failed run again: the failed files, or the failed tests by name', () => {
  const args = ['-i', '--testPathPatterns', '(a|c)\\.test'];
  const failed = run(args)['a.test.js']!.filter(({ status }) => status === 'failed');
  const again = run([...args, '--onlyFailures']);
  expect(Object.keys(again)).toEqual(['a.test.js']);
  const names = failed.map(({ fullName }) => exactly(fullName)).join('|');
  const byName = run(['-i', '--runTestsByPath', path.join(folder, 'a.test.js'), '-t', `(${names})`]);
  expect(ran(byName['a.test.js']!)).toEqual(['users (all) stores [disk]: failed']);
});

import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { KINDS } from './kinds';
import type { Report } from './report';
import { keepJest, ROOT, type RunOptions, runJest, WORKERS } from './run-jest';

keepJest();

/*
 * A project as strict package managers lay it out: `node_modules` holds `jest` and `jest-loop` alone. What Jest depends
 * on is visible from where Jest lies, and what this package depends on from the package; the types, which it never
 * loads, are left out.
 */
const FIXTURES = `
  const { expect: own } = require('@jest/globals');
  const { fixture } = require('jest-loop');
  fixture('server', { scope: 'session' }, async function* () { own(1).toBe(1); yield { url: 'x' }; })
    .fixture('pool', { scope: 'worker' }, async function* () { expect(1).toBe(1); yield []; })
    .fixture('data', { scope: 'directory' }, ({ pool }) => pool);`;
const TESTS = `
  const { expect, test: own } = require('jest-loop');
  own('session', ({ server }) => expect(server.url).toBe('x'));
  test('directory', ({ data, pool }) => expect(data).toBe(pool));
  test('executor', async ({ eventLoop }) => {
    expect(await eventLoop.runInExecutor((a, b) => a + b, 1, 2)).toBe(3);
  });
  test('returns', () => [5]);`;
const FILES = { 'in/jest.fixtures.js': FIXTURES, 'in/a.test.js': TESTS, 'in/b.test.js': TESTS };

let folder: string;

beforeEach(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'jest-loop-strict-')));
  const modules = path.join(folder, 'node_modules');
  const own = path.join(modules, 'jest-loop');
  fs.cpSync(path.join(ROOT, 'node_modules/jest-loop'), own, { recursive: true });
  for (const name of ['acorn', 'pirates', 'workerpool']) {
    fs.cpSync(path.join(ROOT, 'node_modules', name), path.join(own, 'node_modules', name), {
      recursive: true,
    });
  }
  fs.symlinkSync(path.join(ROOT, 'node_modules/jest'), path.join(modules, 'jest'), 'junction');
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

function run(
  files: Readonly<Record<string, string>>,
  args: readonly string[],
  options: RunOptions = {},
): Report {
  for (const [name, text] of Object.entries({ 'package.json': '{}', ...files })) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
  return runJest(folder, { ...options, args });
}

/** Each test by name with its status, or the message of its failure. */
const outcomes = ({ files }: Report): unknown =>
  Object.fromEntries(
    Object.entries(files).map(([file, { tests, errors }]) => [
      file,
      [...errors, ...tests.map(({ name, status, messages }) => [name, messages[0] ?? status])],
    ]),
  );
const RESULTS = [
  ['session', 'passed'],
  ['directory', 'passed'],
  ['executor', 'passed'],
  ['returns', expect.stringContaining('Returned value: Array [\n  5,\n]')],
];

test.each(KINDS)('the preset, %s', (_, args) => {
  const report = run({ ...FILES, 'jest.config.js': "module.exports = { preset: 'jest-loop' };" }, args);
  expect(outcomes(report)).toEqual({ 'in/a.test.js': RESULTS, 'in/b.test.js': RESULTS });
});

// The `require` of such modules has no cache. Yarn's loader gives sources from Node 22 on.
test('a loader that gives the sources of CommonJS modules', () => {
  const loader = `
    import { readFile } from 'node:fs/promises';
    export async function load(url, context, next) {
      const loaded = await next(url, context);
      return loaded.format === 'commonjs' ? { ...loaded, source: await readFile(new URL(url)) } : loaded;
    }`;
  const files = {
    ...FILES,
    'loader.mjs': loader,
    'jest.config.js': "module.exports = { preset: 'jest-loop' };",
  };
  const node = ['--no-warnings', '--experimental-loader', './loader.mjs'];
  expect(outcomes(run(files, WORKERS, { node }))).toEqual({
    'in/a.test.js': RESULTS,
    'in/b.test.js': RESULTS,
  });
});

test.each(KINDS)('the entry points beside another preset, %s', (_, args) => {
  const config = `module.exports = {
    testEnvironment: 'jest-loop/environment',
    setupFilesAfterEnv: ['jest-loop/setup'],
    globalSetup: 'jest-loop/global-setup',
    globalTeardown: 'jest-loop/global-teardown',
    testSequencer: 'jest-loop/sequencer',
  };`;
  const report = run({ ...FILES, 'jest.config.js': config }, args);
  expect(outcomes(report)).toEqual({ 'in/a.test.js': RESULTS, 'in/b.test.js': RESULTS });
});

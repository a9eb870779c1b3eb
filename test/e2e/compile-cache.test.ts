import * as fs from 'node:fs';
import * as nodeModule from 'node:module';
import * as os from 'node:os';
import * as path from 'node:path';
import { IN_BAND, type RunOptions, runFiles, WORKERS } from './run-jest';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jest-loop-compiled-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

const hasCache = 'enableCompileCache' in nodeModule;

/** What a test and its child processes see of the variables. */
const SEEN = `
  const { execFileSync, fork } = require('node:child_process');
  test('sees no variable', () => {
    const names = env => Object.keys(env).filter(name => /^(NODE|JEST_LOOP)_COMPILE/.test(name) && env[name] !== '');
    const inner = execFileSync(process.execPath, ['-p', 'JSON.stringify(process.env)'], { encoding: 'utf8' });
    expect([process.env, JSON.parse(inner)].map(names)).toEqual([[], []]);
    expect(process.execArgv.join()).not.toContain('jest-loop');
  });
  test('starts processes that have no flag', async () => {
    const child = fork(__dirname + '/child.js');
    expect(await new Promise(resolve => child.once('message', resolve))).toEqual([]);
  });`;

const FILES = {
  'a.test.js': SEEN,
  'b.test.js': SEEN,
  'child.js': 'process.send(process.execArgv);',
};

/** Runs two files with a temporary folder of their own. Returns the files that are kept there, with their size. */
function run(
  name: string,
  { env = {}, args = IN_BAND }: RunOptions = {},
  files: Readonly<Record<string, string>> = FILES,
): Record<string, number> {
  const temporary = path.join(folder, name);
  fs.mkdirSync(temporary, { recursive: true });
  const { code, output } = runFiles(files, {
    args,
    // Our own tests have such a folder.
    env: { TMPDIR: temporary, TEMP: temporary, NODE_COMPILE_CACHE: '', ...env },
  });
  expect({ output, code }).toMatchObject({ code: 0 });
  const kept = path.join(temporary, 'node-compile-cache');
  if (!fs.existsSync(kept)) return {};
  const folders = fs.readdirSync(kept).map(version => path.join(kept, version));
  return Object.fromEntries(
    folders.flatMap(each =>
      fs.readdirSync(each).map(name => [name, fs.statSync(path.join(each, name)).size]),
    ),
  );
}

const count = (kept: object): number => Object.keys(kept).length;

if (hasCache)
  test('Node keeps the compiled code of Jest, that of its workers too, and tests see nothing of it', () => {
    const inBand = run('both');
    expect(count(inBand)).toBeGreaterThan(50);
    // A worker loads what the main process does not.
    expect(count(run('both', { args: WORKERS }))).toBeGreaterThan(count(inBand));
  });
else
  test('the compiled code of Jest is kept, that of its workers too, and tests see nothing of it', () => {
    const inBand = run('both');
    expect(Object.keys(inBand)).toEqual([expect.stringMatching(/^jest-loop-main-[0-9a-f]{40}$/)]);
    expect(Object.values(inBand)[0]).toBeGreaterThan(500_000);
    const both = run('both', { args: WORKERS });
    expect(Object.keys(both).sort()).toEqual([
      Object.keys(inBand)[0],
      expect.stringMatching(/^jest-loop-worker-[0-9a-f]{40}$/),
    ]);
    // What Jest loads for workers only has been added to the first.
    expect(Math.min(...Object.values(both))).toBeGreaterThan(500_000);
    // All of it is there now.
    expect([run('both'), run('both', { args: WORKERS })]).toEqual([both, both]);
  });

test('tests in another environment see nothing of it either', () => {
  // It does not load ours.
  const other = { 'c.test.js': `/** @jest-environment node */ ${SEEN}` };
  expect(count(run('other', { args: WORKERS }, { ...FILES, ...other }))).toBeGreaterThan(0);
});

test.each([
  ['in continuous integration', { CI: 'true' }],
  ['where Node is told not to', { NODE_DISABLE_COMPILE_CACHE: '1' }],
  ['while coverage is collected', { NODE_V8_COVERAGE: path.join(folder, 'coverage') }],
])('nothing is kept %s', (name, env) => {
  expect(run(name, { env, args: WORKERS })).toEqual({});
});

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
  const { execFileSync } = require('node:child_process');
  test('sees no variable', () => {
    const names = env => Object.keys(env).filter(name => /^(NODE|JEST_LOOP)_COMPILE/.test(name) && env[name] !== '');
    const inner = execFileSync(process.execPath, ['-p', 'JSON.stringify(process.env)'], { encoding: 'utf8' });
    expect([process.env, JSON.parse(inner)].map(names)).toEqual([[], []]);
  });`;

/** Runs two files with a temporary folder of their own. Returns how many modules Node has kept there. */
function run(name: string, { env = {}, args = IN_BAND }: RunOptions = {}): number {
  const temporary = path.join(folder, name);
  fs.mkdirSync(temporary, { recursive: true });
  const { code, output } = runFiles(
    { 'a.test.js': SEEN, 'b.test.js': SEEN },
    // Our own tests have such a folder.
    { args, env: { TMPDIR: temporary, TEMP: temporary, NODE_COMPILE_CACHE: '', ...env } },
  );
  expect({ output, code }).toMatchObject({ code: 0 });
  const kept = path.join(temporary, 'node-compile-cache');
  if (!fs.existsSync(kept)) return 0;
  return fs.readdirSync(kept, { recursive: true, withFileTypes: true }).filter(each => each.isFile()).length;
}

test('Node keeps the compiled code of Jest, that of its workers too, and tests see nothing of it', () => {
  const inBand = run('both');
  const withWorkers = run('both', { args: WORKERS });
  if (hasCache) {
    expect(inBand).toBeGreaterThan(50);
    // A worker loads what the main process does not.
    expect(withWorkers).toBeGreaterThan(inBand);
  } else expect([inBand, withWorkers]).toEqual([0, 0]);
});

test.each([
  ['in continuous integration', { CI: 'true' }],
  ['where Node is told not to', { NODE_DISABLE_COMPILE_CACHE: '1' }],
  ['while coverage is collected', { NODE_V8_COVERAGE: path.join(folder, 'coverage') }],
])('nothing is kept %s', (name, env) => {
  expect(run(name, { env, args: WORKERS })).toBe(0);
});

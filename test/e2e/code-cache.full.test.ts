import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { IN_BAND, runFiles, WORKERS } from './run-jest';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jest-loop-cache-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

const TESTS = `
  const { Loop } = require('jest-loop');
  test('waits', async ({ shared }) => {
    expect([shared, typeof Loop]).toEqual(['ready', 'function']);
  });`;

function run(cache: string, ...args: string[]): string[] {
  const { code, output, files } = runFiles(
    {
      'jest.fixtures.js': "fixture('shared', { scope: 'session' }, async () => 'ready');",
      'a.test.js': TESTS,
    },
    { args: [...IN_BAND, `--cacheDirectory=${cache}`, ...args] },
  );
  const { status, tests } = files['a.test.js'] ?? {};
  expect({ output, code, status, tests: tests?.length }).toMatchObject({
    code: 0,
    status: 'passed',
    tests: 1,
  });
  return kept(cache);
}

/** The code of ours in the cache directory of Jest. */
const kept = (cache: string): string[] =>
  fs.existsSync(cache)
    ? fs.readdirSync(cache).filter(name => /^jest-loop-(?:engine|loop-core|observe)-/.test(name))
    : [];

test("code is kept in Jest's cache directory; what V8 refuses is made again, and the run passes", () => {
  const cache = path.join(folder, 'kept');
  const names = run(cache);
  expect(names).toEqual([
    expect.stringMatching(/^jest-loop-engine-/),
    expect.stringMatching(/^jest-loop-loop-core-/),
  ]);
  const [engine, core] = names.map(name => path.join(cache, name)) as [string, string];
  const { mtimeMs, size } = fs.statSync(engine);
  // Of another source, and whole.
  fs.copyFileSync(engine, core);
  expect(run(cache)).toEqual(names);
  expect(fs.statSync(engine).mtimeMs).toBe(mtimeMs);
  expect(fs.statSync(core).size).not.toBe(size);
  const code = fs.readFileSync(core);
  expect(createHash('sha1').update(code.subarray(24)).digest()).toEqual(code.subarray(0, 20));
});

test('what observes a run is kept for workers, which report the same with it', () => {
  const cache = path.join(folder, 'observed');
  const observed = (): readonly [file: string, shown: string[]] => {
    const { code, output } = runFiles(
      {
        'jest.fixtures.js': "fixture('own', async function* () { yield 1; });",
        'a.test.js': "test('a', ({ own }) => {});",
        'b.test.js': "test('b', ({ own }) => {});",
      },
      { loop: true, args: [...WORKERS, `--cacheDirectory=${cache}`, '--setup-show'] },
    );
    expect({ output, code }).toMatchObject({ code: 0 });
    const name = kept(cache).find(each => each.startsWith('jest-loop-observe-'));
    const shown = output.split('\n').filter(line => /^ +(SETUP|TEARDOWN|[ab] )/.test(line));
    return [path.join(cache, String(name)), shown.sort()];
  };
  const [file, shown] = observed();
  const { mtimeMs } = fs.statSync(file);
  expect(shown).toHaveLength(6);
  expect(observed()).toEqual([file, shown]);
  expect(fs.statSync(file).mtimeMs).toBe(mtimeMs);
});

test('with --no-cache nothing is kept', () => {
  expect(run(path.join(folder, 'none'), '--no-cache')).toEqual([]);
});

// Node 20 refuses import() in code that comes from a cache. It also requires a `.js` without top-level await, and then
// finds no `@jest/globals`.
test('ES modules are imported also by code that comes from the cache', () => {
  const cache = path.join(folder, 'modules');
  const declares = (name: string): string => `
    import { expect } from '@jest/globals';
    import { fixture } from 'jest-loop';
    fixture('${name}', { scope: 'session' }, () => { expect(1).toBe(1); return '${name}'; });`;
  const files = {
    'package.json': '{ "name": "modules", "type": "module" }',
    'jest.config.js':
      "export default { preset: 'jest-loop', testEnvironmentOptions: { loop: { backend: 'mine' } } };",
    'jest.fixtures.js': `${declares('plain')}
      import { Loop } from 'jest-loop';
      export const loopFactories = { mine: options => new Loop(options) };`,
    'inner/jest.fixtures.js': `${declares('waiting')} await null;`,
    'inner/a.test.js': `test('a', ({ plain, waiting }) => expect([plain, waiting]).toEqual(['plain', 'waiting']));`,
  };
  for (let i = 0; i < 2; i++) {
    const { output, code } = runFiles(files, {
      args: [...IN_BAND, `--cacheDirectory=${cache}`],
      node: ['--experimental-vm-modules'],
    });
    expect({ output, code }).toEqual({ output: expect.not.stringContaining('●'), code: 0 });
  }
  expect(kept(cache)).toHaveLength(2);
});

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { fullTest, sizedTo } from '../sizes';
import { CLI, command, folder, outputOf, useFolder, write } from './command';
import { strikesOf } from './interrupt-cases';
import { interrupt } from './interrupted';
import { ROOT, type RunOptions, runFiles } from './run-jest';
import { inFolder, only, rowsOf } from './timeline-rows';

/* The command `jest-loop` of the packed package: its flags, and that everything else is Jest's. */
const PLACES: [string, string[]][] = [
  ['in band', ['-i']],
  ['with workers', ['--maxWorkers=2']],
];

/** One test for each flag; what they expect holds with the flags alone. */
const tests = (typed: boolean): string => `
  ${typed ? "import { expect, test } from 'jest-loop';\n declare const process: any;" : ''}
  const loops = new Set${typed ? '<unknown>' : ''}();
  test('limit', async ({ eventLoop }) => { await eventLoop.sleep(20_000); });
  test('debug', ({ loopDebug, eventLoop }) => { expect([loopDebug, eventLoop.debug]).toEqual([true, true]); });
  test('one Loop', ({ eventLoop }) => { loops.add(eventLoop); });
  test('for all', ({ eventLoop }) => { expect(loops.has(eventLoop)).toBe(true); });
  test('pool', ({ threadPoolSize }) => { expect(threadPoolSize).toBe(1); });
  test('variables', () => {
    expect([process.env.JEST_LOOP_SEED, process.env.NODE_ENV]).toEqual(['4711', 'test']);
  });
  test('not selected', () => { throw new Error('-t does not reach Jest'); });`;

const FILES = {
  'jest.fixtures.js': "fixture('automatic', { auto: true, scope: 'file' }, () => 1);",
  'a.test.js': tests(false),
  'b.test.ts': tests(true),
};
const OURS = [
  ...['--default-async-timeout', '500', '--loop-debug', '--loop-scope=file', '--loop-pool-size', '1'],
  ...['--loop-seed=4711', '--durations', '3'],
];
const JESTS = ['-t', '^(limit|debug|one Loop|for all|pool|variables)$'];

const statuses = (files: ReturnType<typeof runFiles>['files']): unknown =>
  Object.fromEntries(
    Object.entries(files).map(([name, { tests }]) => [
      name,
      tests.map(test => `${test.name}: ${test.messages[0]?.split('\n')[0] ?? test.status}`),
    ]),
  );
const passed = (line: number, file: string): unknown => [
  `limit: Took too long to complete: ${file}:${line} (timeout=500ms)`,
  ...['debug', 'one Loop', 'for all', 'pool', 'variables'].map(name => `${name}: passed`),
  'not selected: pending',
];

const ORDERS: [name: string, args: (timeline: string) => string[]][] = [
  ['before, in band', timeline => [...OURS, timeline, ...JESTS, '-i']],
  ['after, with workers', timeline => [...JESTS, '--maxWorkers=2', ...OURS, timeline]],
];
test.each(sizedTo(1, ORDERS))('every flag reaches JavaScript and TypeScript, ours %s', (_, args) => {
  const [{ code, files, output }, page] = inFolder(folder => {
    const file = path.join(folder, 'run.html');
    const report = runFiles(FILES, { loop: true, args: args(`--timeline=${file}`) });
    return [report, fs.readFileSync(file, 'utf8')] as const;
  });
  expect(statuses(files)).toEqual({
    'a.test.js': passed(4, 'a.test.js'),
    'b.test.ts': passed(5, 'b.test.ts'),
  });
  expect(output).toMatch(/^ {2}automatic +file +2 /m);
  const ended = only(rowsOf(page), 'file').map(each => `${each.path} ${each.outcome}`);
  expect(ended.sort()).toEqual(['a.test.js failed', 'b.test.ts failed']);
  expect(code).toBe(1);
});

/** What runs each time with another seed, and then with a clock of its own. */
const repeated = (typed: boolean): string => `
  ${typed ? "import { expect, test } from 'jest-loop';\n  declare const process: any;" : ''}
  const orders = []${typed ? ' as string[]' : ''};
  test('on its backend', async ({ loopBackendName, eventLoop }) => {
    let order = '';
    await Promise.all([...'abcdefgh'].map(async letter => { await eventLoop.sleep(3_000); order += letter; }));
    orders.push(order);
    expect(loopBackendName).toBe(process.env.EXPECTED);
  });
  test('as often as it was to', () => { expect(orders).toHaveLength(Number(process.env.TIMES)); });`;

const REPEATS: [name: string, args: string[], backend: string, times: string][] = [
  ['--loop-backend before, in band', ['--loop-backend=virtual', '-i'], 'virtual', '1'],
  ['--races before, in band', ['--races', '3', '--loop-seed=7', '-i'], 'chaos', '3'],
  ['--loop-backend after, with workers', ['--maxWorkers=2', '--loop-backend', 'virtual'], 'virtual', '1'],
  ['--races after, with workers', ['--maxWorkers=2', '--loop-seed=7', '--races=3'], 'chaos', '3'],
];
test.each(sizedTo(2, REPEATS))('%s', (_, args, EXPECTED, TIMES) => {
  const files = { 'a.test.js': repeated(false), 'b.test.ts': repeated(true) };
  const report = runFiles(files, { loop: true, args, env: { EXPECTED, TIMES } });
  const both = ['on its backend: passed', 'as often as it was to: passed'];
  expect(statuses(report.files)).toEqual({ 'a.test.js': both, 'b.test.ts': both });
});

useFolder();

fullTest(
  '--loop-backend beside a wider loopScope: an unknown name is an error, another one a warning',
  () => {
    const wide = "fixture('loopBackend', { scope: 'file' }, () => 'virtual');";
    const sees = (backend: string): string =>
      `test('sees', async ({ loopBackendName }) => expect(loopBackendName).toBe('${backend}'));
     test('synchronous', () => {});`;
    write({
      'package.json': '{}',
      'jest.config.js': "module.exports = { preset: 'jest-loop', transform: {} };",
      'file.test.js': `/** @jest-loop {"loopScope": "file"} */\n${sees('node')}`,
      'worker.test.js': `/** @jest-loop {"loopScope": "worker"} */\n${sees('node')}`,
      'chosen.test.js': `/** @jest-loop {"loopScope": "file"} */\n${wide}${sees('virtual')}`,
      'plain.test.js': "test('synchronous', () => {});",
    });
    const unknown = command(['--loop-backend', 'vrtual'], folder);
    expect(unknown).toMatchObject({
      code: 1,
      err: expect.stringContaining('Tests:       7 failed, 7 total'),
    });
    expect(unknown.err.match(/Unknown backend "vrtual" in the environment variable/g)).toHaveLength(7);
    const known = command(['--loop-backend', 'virtual'], folder);
    const warned = [...`${known.out}${known.err}`.matchAll(/The backend "virtual" of .* (the Loop of .*)/g)];
    expect([known.code, warned.map(([, where]) => where).sort()]).toEqual([
      0,
      ['file', 'worker'].map(scope => `the Loop of scope "${scope}", which is on "node".`),
    ]);
    const other = command(['--loop-backend', 'chaos', 'chosen'], folder);
    expect(`${other.out}${other.err}`).toContain('which is on "virtual".');
    for (const args of [['--loop-backend=node'], ['--races=2']]) {
      const { code, out, err } = command(args, folder);
      expect([code, `${out}${err}`.includes('does not reach')]).toEqual([0, args[0]!.endsWith('node')]);
    }
  },
);

test('--help explains our flags and points to those of Jest', () => {
  const { code, out } = command(['a.test.js', '--help'], folder);
  for (const flag of ['--default-async-timeout <ms>', '--timeline [file]', '--init', 'npx jest --help'])
    expect(out).toContain(flag);
  expect(code).toBe(0);
});

test('wrong values are errors that list the valid ones, before anything runs', () => {
  write({ 'package.json': '{}', 'a.test.js': "test('a', () => {});" });
  expect(command(['--loop-scope', 'module'], folder)).toEqual({
    code: 1,
    out: '',
    err: `Expected --loop-scope to be one of "test", "describe", "file", "directory", "worker", got "module".
  To fix: write "file", its name here.
  See: node_modules/jest-loop/docs/errors.md#err_option_invalid
`,
  });
  expect(command(['--loop-pool-size'], folder)).toMatchObject({
    code: 1,
    err: expect.stringContaining('got none'),
  });
  const wrong: [args: string[], expected: string][] = [
    [['--loop-seed', 'abc'], 'Expected --loop-seed to be a whole number from 0, got "abc".'],
    [['--loop-seed=0.5'], 'Expected --loop-seed to be a whole number from 0, got "0.5".'],
    [['--races', '0'], 'Expected --races to be a whole number from 1, got "0".'],
    [['--default-async-timeout', '-5'], 'greater than 0, or Infinity, got "-5".'],
    [['--races=many'], 'Expected --races to be a whole number from 1, got "many".'],
  ];
  for (const [args, expected] of wrong)
    expect(command(args, folder)).toMatchObject({ code: 1, out: '', err: expect.stringContaining(expected) });
});

test('unknown flags, codes and reports are those of Jest', () => {
  write({
    'package.json': '{ "jest": { "preset": "jest-loop", "transform": {}, "testFailureExitCode": 7 } }',
    'a.test.js': "test('fails', () => { throw new Error('x'); });",
  });
  const unknown = command(['--bakend'], folder);
  expect(unknown).toMatchObject({ code: 1, err: expect.stringContaining('Unrecognized CLI Parameter') });
  const failed = command(['--json', '--silent'], folder);
  expect([failed.code, JSON.parse(failed.out).numFailedTests]).toEqual([7, 1]);
  expect(command(['none-such', '--passWithNoTests'], folder).code).toBe(0);
  expect(command(['--version'], folder).out.trim()).toBe(require('jest/package.json').version);
});

fullTest('a project that does not use the package gets a message', () => {
  write({ 'package.json': '{ "jest": { "transform": {} } }', 'a.test.js': "test('a', () => {});" });
  const vain = command(['--setup-show', '--durations'], folder);
  expect([vain.code, vain.err]).toEqual([
    1,
    expect.stringContaining(
      `--setup-show, --durations would do nothing: the Jest configuration of ${folder} does not use jest-loop.`,
    ),
  ]);
  expect(vain.err).toContain("preset: 'jest-loop',");
  expect(vain.err).not.toContain('a.test.js');
  const beside = `{ "testEnvironment": "jest-loop/environment", "setupFilesAfterEnv": ["jest-loop/setup"] }`;
  expect(command(['-c', beside, '--timeline', '--loop-debug'], folder)).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^--timeline would show nothing: .* has no runner of jest-loop\./),
  });
  const plain = command([], folder);
  const atOnce =
    /^The Jest configuration of .* does not use jest-loop: [\s\S]*--init [\s\S]*\n {4}preset: 'jest-loop',\n {4}testEnvironment: 'jest-loop\/environment',\n {4}setupFilesAfterEnv: \['jest-loop\/setup'\],\n {2}See: [\s\S]*PASS/;
  expect([plain.code, plain.err]).toEqual([0, expect.stringMatching(atOnce)]);
  // Beside another preset, that is all that a project needs.
  write({ 'a.test.js': "fixture('db', 1); test('a', ({ db }) => expect(db).toBe(1));" });
  const used = command(['-c', beside], folder);
  expect([used.code, used.err]).toEqual([0, expect.stringMatching(/^PASS/)]);
});

test('without Jest, and with an old one', () => {
  const outside = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'jest-loop-none-')));
  try {
    write(
      { 'node_modules/jest/package.json': '{ "version": "29.7.0", "bin": "x", "main": "x.js" }' },
      outside,
    );
    write({ 'node_modules/jest/x.js': '' }, outside);
    expect(command([], outside)).toMatchObject({
      code: 1,
      err: expect.stringContaining('this project has Jest 29.7.0'),
    });
  } finally {
    fs.rmSync(outside, { recursive: true, force: true });
  }
});

/** Installs the package in `store`, and links it and Jest into the `node_modules` of a folder, with the command. */
function link(store: string, folder: string): void {
  if (!fs.existsSync(store)) {
    fs.cpSync(path.join(ROOT, 'node_modules/jest-loop'), store, { recursive: true });
    for (const name of ['acorn', 'pirates', 'workerpool'])
      fs.cpSync(path.join(ROOT, 'node_modules', name), path.join(store, 'node_modules', name), {
        recursive: true,
      });
  }
  const modules = path.join(folder, 'node_modules');
  fs.mkdirSync(path.join(modules, '.bin'), { recursive: true });
  fs.symlinkSync(path.join(ROOT, 'node_modules/jest'), path.join(modules, 'jest'));
  fs.symlinkSync(store, path.join(modules, 'jest-loop'));
  fs.symlinkSync(path.join(modules, 'jest-loop/build/entries/cli.js'), path.join(modules, '.bin/jest-loop'));
}

const onUnix = process.platform === 'win32' ? test.skip : fullTest;

onUnix('npx jest-loop, in workspaces: from the root, and where node_modules is strict', () => {
  const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'jest-loop-npx-')));
  const npx = (args: readonly string[], cwd: string): string => {
    const { JEST_WORKER_ID: _, ...env } = process.env;
    const child = spawnSync('npx', ['jest-loop', ...args], { cwd, encoding: 'utf8', env });
    return `code ${child.status}: ${child.stdout}${child.stderr}`;
  };
  const files = {
    'jest.config.js': "module.exports = { preset: 'jest-loop', transform: {} };",
    'jest.fixtures.js': "fixture('db', { scope: 'worker' }, () => 'db');",
    'a.test.js': "test('a', ({ db, loopDebug }) => { expect([db, loopDebug]).toEqual(['db', true]); });",
  };
  try {
    write({ 'package.json': '{ "workspaces": ["packages/*"] }' }, root);
    link(path.join(root, 'store/jest-loop'), root);
    for (const name of ['hoisted', 'strict'])
      write({ ...files, 'package.json': `{ "name": "${name}" }` }, path.join(root, 'packages', name));
    // Away from the store, in which Node looks too.
    link(path.join(root, 'store/jest-loop'), path.join(root, 'packages/strict'));
    fs.rmSync(path.join(root, 'node_modules/jest'));
    expect(npx(['--loop-debug', '--ci'], path.join(root, 'packages/strict'))).toMatch(
      /code 0: [\s\S]*1 passed/,
    );
    fs.symlinkSync(path.join(ROOT, 'node_modules/jest'), path.join(root, 'node_modules/jest'));
    expect(npx(['--ci', '--loop-debug'], path.join(root, 'packages/hoisted'))).toMatch(
      /code 0: [\s\S]*1 passed/,
    );
  } finally {
    fs.rmSync(root, { recursive: true, force: true });
  }
});

describe('signals', () => {
  const HANGS = `
    const { say } = require('./events'); const { sleep } = require('jest-loop');
    test('long', async ({ own }) => { say('long'); try { await sleep(60_000); } finally { say('finally'); } });`;
  const run = (args: RunOptions['args'], signal: NodeJS.Signals, when: string[][], env = {}) =>
    interrupt({
      script: CLI,
      args,
      env,
      files: { 'a.test.js': HANGS },
      strikes: strikesOf({ when, signal, after: [] }),
    });
  const down = ['own down', 'block down', 'file down', 'directory down', 'worker down', 'session down'];

  const SIGNALS = [
    ['SIGINT', ...PLACES[0]!],
    ['SIGTERM', ...PLACES[1]!],
  ] as const;
  (process.platform === 'win32' ? test.skip : test.concurrent).each(sizedTo(1, SIGNALS))(
    '%s ends the run tidily, %s',
    async (signal, _, args) => {
      const { code, after, faults, output } = await run([...args, '--loop-debug'], signal, [
        ['long', 'own up'],
      ]);
      expect([code, after, faults]).toEqual([130, ['finally', ...down], []]);
      expect(output).toContain('Test run was interrupted.');
    },
  );

  (process.platform === 'win32' ? test.skip : fullTest.concurrent)(
    'a second Ctrl-C ends it at once',
    async () => {
      const when = [['long'], ['slow own']];
      const { code, after } = await run(['-i'], 'SIGINT', when, { SLOW_DOWN: 'own' });
      expect([code, after]).toEqual([130, ['finally', 'slow own']]);
    },
  );
});

// Jest's reporter holds back what comes after the first 100 ms.
fullTest.each(['--setup-show', '--setup-plan', '--fixtures'])(
  '%s shows all files before the summary',
  flag => {
    const names = ['a', 'b', 'c', 'd'];
    write({ 'package.json': '{ "jest": { "preset": "jest-loop" } }' });
    for (const name of names)
      write({
        [`${name}/${name}.test.js`]: `fixture('${name}', 1); test('is there', ({ ${name} }) => {});`,
      });
    const output = outputOf([flag, '-i'], folder);
    const summary = output.indexOf('\nTest Suites:');
    const shown = names.map(name => output.lastIndexOf(`\n${name}/${name}.test.js`));
    expect({ output, before: shown.every(at => at >= 0 && at < summary) }).toMatchObject({ before: true });
  },
);

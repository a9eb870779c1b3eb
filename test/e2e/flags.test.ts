import * as fs from 'node:fs';
import * as path from 'node:path';
import { fullDescribe, fullTest, sized, sizedTo } from '../sizes';
import { quickly } from './plain';
import { type Recorded, recorded } from './records';
import type { Report } from './report';
import { IN_BAND, ROOT, type RunOptions, runFiles, runJest, WORKERS } from './run-jest';
import { lingers } from './settled';

/*
 * Jest's flags with fixtures of every scope: whatever comes up goes down once, in the right order, before Jest has
 * exited. The project is one for all, so that it is compiled once.
 */
const PROJECT = path.join(ROOT, 'test/projects/flags');
const FILES = ['a/one', 'a/two', 'b/four', 'b/three', 'five', 'six'];
const testsOf = (...files: string[]): string[] =>
  files.flatMap(file => [`${path.basename(file)} first`, `${path.basename(file)} second`]).sort();
const TESTS = testsOf(...FILES);

interface Options extends RunOptions {
  readonly config?: object;
  /** Runs on a project of its own. */
  readonly on?: (options: RunOptions) => Report;
}

function run({
  env,
  config = {},
  on = options => runJest(PROJECT, quickly('nothing', options)),
  ...options
}: Options): Recorded {
  const variables = { ...env, FLAGS_CONFIG: JSON.stringify(config) };
  return recorded(record => on({ ...options, env: { ...variables, ...record } }));
}

const filesOf = ({ files }: Report): string[] =>
  Object.keys(files)
    .map(file => file.replace('.test.js', ''))
    .sort();
const statusesOf = ({ files }: Report, status: string): string[] =>
  Object.values(files)
    .flatMap(({ tests }) => tests.filter(test => test.status === status).map(({ name }) => name))
    .sort();
const errorsOf = ({ files }: Report): string[] => Object.values(files).flatMap(({ errors }) => errors);

const PROCESSES = [
  ['with two workers', WORKERS, 2, {}],
  ['in band', IN_BAND, 1, {}],
  ['with two worker threads', WORKERS, 2, { workerThreads: true }],
] as const;
fullDescribe.each(PROCESSES)('%s', (_kind, args, workers, config) => {
  test('all files', () => {
    const { report, faults, counts, ran } = run({ args, config });
    expect({ code: report.code, faults, ran }).toEqual({ code: 0, faults: [], ran: TESTS });
    expect(filesOf(report)).toEqual(FILES);
    const directory = expect.any(Number);
    expect(counts).toEqual({ session: 1, worker: workers, directory, file: 6, block: 6, each: 12 });
  });

  test.each([2, 1])('bail after %d: all is down, and the files that are left do not run', bail => {
    const { report, faults, counts } = run({
      args,
      config: { ...config, bail },
      env: { FLAGS_FAILS: ' first$' },
    });
    expect({ code: report.code, faults }).toEqual({ code: 1, faults: [] });
    expect(counts.session).toBe(1);
    expect(counts.file).toBeLessThan(6);
    expect(/^Test Suites: .*/m.exec(report.output)?.[0]).toBe(
      `Test Suites: ${bail} failed, ${bail} of 6 total`,
    );
  });

  test.each(['session worker directory', 'session', 'worker', 'directory'])(
    '--json --outputFile: failing teardowns of scope %s',
    scopes => {
      const { report, faults } = run({ args: [...args, './b/'], config, env: { FLAGS_BREAKS: scopes } });
      const { code, success } = report;
      expect({ code, success, faults }).toEqual({ code: 1, success: false, faults: [] });
      expect(statusesOf(report, 'passed')).toEqual(testsOf('b/four', 'b/three'));
      for (const scope of scopes.split(' '))
        expect(errorsOf(report)).toContainEqual(expect.stringContaining(`the ${scope} does not end well`));
    },
  );
});

const PLAIN: readonly (readonly [flags: string, args: readonly string[]])[] = [
  ['--detectOpenHandles', ['--detectOpenHandles']],
  ['--forceExit, with two workers', ['--forceExit', ...WORKERS]],
  ['--forceExit, in band', ['--forceExit', ...IN_BAND]],
  ...[
    ['--randomize', '--silent', '--logHeapUsage', '--ci'],
    ['--no-cache', '--testTimeout=20000'],
  ].map(args => [args.join(' '), args] as const),
];
test.each(sizedTo(1, PLAIN))('%s', (_flags, args) => {
  const { report, faults, counts, ran } = run({ args });
  expect({ code: report.code, faults, ran }).toEqual({ code: 0, faults: [], ran: TESTS });
  expect(statusesOf(report, 'passed')).toEqual(TESTS);
  expect(counts).toMatchObject({ session: 1, file: 6, block: 6, each: 12 });
  expect(report.output).not.toMatch(/open handle/i);
  expect(lingers(report.output)).toBe(false);
});

const SOME: readonly (readonly [flag: string, args: readonly string[], ran: readonly string[]])[] = [
  ['-t', ['-t', '(one|three) second'], ['one second', 'three second']],
  ['--findRelatedTests', ['--findRelatedTests', './a/two.test.js'], testsOf('two')],
  ['--listTests', ['--listTests'], []],
  ['--runTestsByPath', ['--runTestsByPath', 'five.test.js'], testsOf('five')],
  ['--collectTests', ['--collectTests'], []],
  ['--passWithNoTests', ['--passWithNoTests', 'no-such-file'], []],
];
fullTest.each(SOME)('%s: only what runs has fixtures', (_flag, args, tests) => {
  const { report, faults, counts, ran } = run({ args });
  expect({ code: report.code, faults, ran }).toEqual({ code: 0, faults: [], ran: tests });
  expect(counts.each ?? 0).toBe(tests.length);
  expect(counts.session ?? 0).toBe(tests.length === 0 ? 0 : 1);
});

test('--shard: each file once, and each run has its own session', () => {
  const runs = [1, 2].map(shard => run({ args: [`--shard=${shard}/2`, ...sized(IN_BAND, WORKERS)] }));
  for (const { report, faults, counts } of runs)
    expect({ code: report.code, faults, session: counts.session }).toEqual({
      code: 0,
      faults: [],
      session: 1,
    });
  expect(runs.flatMap(({ report }) => filesOf(report)).sort()).toEqual(FILES);
  expect(runs.flatMap(({ ran }) => ran).sort()).toEqual(TESTS);
});

fullTest('--onlyFailures: what failed the last time', () => {
  expect(run({ args: IN_BAND, env: { FLAGS_FAILS: 'two first' } }).report.code).toBe(1);
  const { report, faults, counts, ran } = run({ args: ['--onlyFailures'] });
  expect({ code: report.code, faults, ran }).toEqual({ code: 0, faults: [], ran: testsOf('two') });
  expect(counts).toEqual({ session: 1, worker: 1, directory: 1, file: 1, block: 1, each: 2 });
});

const read = (file: string): string => fs.readFileSync(path.join(PROJECT, file), 'utf8');
const alone =
  (source: string, more: Readonly<Record<string, string>> = {}) =>
  (options: RunOptions) =>
    runFiles(
      {
        'jest.config.js': read('jest.config.js'),
        'setup.js': read('setup.js'),
        'record.js': read('record.js'),
        'a.test.js': source,
        ...more,
      },
      options,
    );

fullTest.each([1, 3])('--maxConcurrency=%d: concurrent tests share what is wide', limit => {
  const on = alone(`
    const { ran } = require('./record');
    for (const name of ['one', 'two', 'three'])
      test.concurrent(name, async ({ each, worker }) => ran(name, each, worker));`);
  const { report, faults, counts, ran } = run({ on, args: [`--maxConcurrency=${limit}`] });
  expect({ code: report.code, faults, ran }).toEqual({ code: 0, faults: [], ran: ['one', 'three', 'two'] });
  expect(counts).toMatchObject({ session: 1, worker: 1, directory: 1, file: 1, each: 3 });
});

fullTest('retryTimes: each attempt has what is narrow anew, and the same of what is wide', () => {
  const on = alone(`
    const { ran } = require('./record');
    jest.retryTimes(2);
    let attempts = 0;
    test('third time lucky', async ({ each, worker, session }) => {
      ran('attempt ' + ++attempts, each, worker, session);
      expect(attempts).toBe(3);
    });`);
  const { report, faults, counts, ran } = run({ on });
  expect({ code: report.code, faults, ran }).toEqual({
    code: 0,
    faults: [],
    ran: ['attempt 1', 'attempt 2', 'attempt 3'],
  });
  expect(counts).toMatchObject({ session: 1, worker: 1, file: 1, each: 3 });
});

const OWN_WORKERS = [
  ['processes', {}],
  ['threads', { workerThreads: true }],
] as const;
fullTest.each(OWN_WORKERS)(
  'a runner of its own: what lives in a worker goes down with it (%s)',
  (_kind, config) => {
    const source = `
    const { ran } = require('./record');
    test('a', async ({ own }) => ran('a', own));`;
    const on = alone(source, {
      'b.test.js': source,
      'jest.fixtures.js': `
      const { logged } = require('./record');
      fixture('own', { scope: 'worker' }, async function* () { yield* logged('worker'); });`,
    });
    const { report, faults, counts } = run({
      on,
      args: WORKERS,
      config: { ...config, runner: 'jest-runner' },
    });
    expect({ code: report.code, faults, counts }).toEqual({ code: 0, faults: [], counts: { worker: 2 } });
    expect(lingers(report.output)).toBe(false);
  },
);

const LIB = `
  exports.both = (a, b = 1) => {
    if (a > 100) {
      return 'never';
    }
    return a + b;
  };
  exports.nowhere = () => {
    return 'nowhere';
  };`;
const BOTH_REALMS = `
  const { both } = require('./lib');
  const { ran } = require('./record');
  test('sum', async ({ worker, sum, other = both(2, 3) }) => {
    ran('sum', worker);
    expect([sum, other]).toEqual([3, 5]);
  });`;
const PROVIDERS = [
  ['babel', IN_BAND],
  ['v8', IN_BAND],
  ['babel', WORKERS],
  ['v8', WORKERS],
] as const;
test.each(sizedTo(2, PROVIDERS))(
  '--coverage with %s: a file that is used by tests and by wide fixtures (%j)',
  (provider, args) => {
    const on = alone(BOTH_REALMS, {
      'lib.js': LIB,
      'b.test.js': BOTH_REALMS,
      'jest.fixtures.js': `
      const { both } = require('./lib');
      fixture('sum', { scope: 'worker' }, async ({ session, more = 2 }) => both(1, more));`,
    });
    const { report, faults } = run({
      on,
      args: [...args, '--coverage', `--coverageProvider=${provider}`, '--coverageReporters=text'],
      config: { collectCoverageFrom: ['**/*.js', '!record.js', '!*.config.js'] },
    });
    expect({ code: report.code, faults }).toEqual({ code: 0, faults: [] });
    const files = [...report.output.matchAll(/^ *(\S+\.js) .*\| *([\d,-]+) *$/gm)].map(
      ([, ...found]) => found,
    );
    expect(files).toEqual([['lib.js', provider === 'babel' ? '4,9' : '4-5,9-10']]);
  },
);

fullTest('--detectOpenHandles finds what tests and fixtures leave open', () => {
  const scopes = ['test', 'worker', 'session'];
  const fixtures = scopes.map(
    scope => `fixture('of ${scope}', { scope: '${scope}' }, async () => { createServer().listen(0); });`,
  );
  const asks = scopes.map(
    scope => `test('${scope}', async ({ request }) => { await request.get('of ${scope}'); });`,
  );
  const on = alone(
    `test('a', async ({ worker }) => { require('node:net').createServer().listen(0); });\n${asks.join('\n')}`,
    { 'jest.fixtures.js': `const { createServer } = require('node:net');\n${fixtures.join('\n')}` },
  );
  const { report, faults } = run({ on, args: ['--detectOpenHandles', '--forceExit'] });
  expect({ code: report.code, faults }).toEqual({ code: 0, faults: [] });
  const [, handles] = report.output.split('4 open handles potentially keeping Jest from exiting:');
  expect(handles?.match(/● {2}TCPSERVERWRAP/g)).toHaveLength(4);
});

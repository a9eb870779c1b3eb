import * as path from 'node:path';
import { type Recorded, recorded } from './records';
import { type Report, ROOT, type RunOptions, runJest } from './run-jest';

/*
 * Jest's flags with fixtures of every scope: whatever comes up goes down once, in the right order, before Jest has
 * exited. The project is one for all, so that it is compiled once.
 */
const PROJECT = path.join(ROOT, 'test/projects/flags');
const FILES = ['a/one', 'a/two', 'b/four', 'b/three', 'five', 'six'];
const testsOf = (...files: string[]): string[] =>
  files.flatMap(file => [`${path.basename(file)} first`, `${path.basename(file)} second`]).sort();
const TESTS = testsOf(...FILES);
const IN_BAND = ['-i'];
// Few files that were fast the last time would run in band.
const WORKERS = ['--maxWorkers=2', '--workerIdleMemoryLimit=2GB'];

interface Options extends RunOptions {
  readonly config?: object;
  /** Runs on a project of its own. */
  readonly on?: (options: RunOptions) => Report;
}

function run({ env, config = {}, on = options => runJest(PROJECT, options), ...options }: Options): Recorded {
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

describe.each([
  ['in band', IN_BAND, 1],
  ['with two workers', WORKERS, 2],
] as const)('%s', (_kind, args, workers) => {
  test('all files', () => {
    const { report, faults, counts, ran } = run({ args });
    expect({ code: report.code, faults, ran }).toEqual({ code: 0, faults: [], ran: TESTS });
    expect(filesOf(report)).toEqual(FILES);
    const directory = expect.any(Number);
    expect(counts).toEqual({ session: 1, worker: workers, directory, file: 6, block: 6, each: 12 });
  });

  test.each([1, 2])('bail after %d: all is down, and the files that are left do not run', bail => {
    const { report, faults, counts } = run({ args, config: { bail }, env: { FLAGS_FAILS: ' first$' } });
    expect({ code: report.code, faults }).toEqual({ code: 1, faults: [] });
    expect(counts.session).toBe(1);
    expect(counts.file).toBeLessThan(6);
    expect(/^Test Suites: .*/m.exec(report.output)?.[0]).toBe(
      `Test Suites: ${bail} failed, ${bail} of 6 total`,
    );
  });

  test.each(['session', 'worker', 'directory'])(
    '--json --outputFile: a teardown of scope %s that fails',
    scope => {
      const { report, faults } = run({ args: [...args, 'b/'], env: { FLAGS_BREAKS: scope } });
      const { code, success } = report;
      expect({ code, success, faults }).toEqual({ code: 1, success: false, faults: [] });
      expect(statusesOf(report, 'passed')).toEqual(testsOf('b/four', 'b/three'));
      expect(errorsOf(report)).toContainEqual(expect.stringContaining(`the ${scope} does not end well`));
    },
  );
});

const PLAIN: [string, Options][] = [
  [
    '--randomize --silent --logHeapUsage --ci',
    { args: ['--randomize', '--silent', '--logHeapUsage', '--ci'] },
  ],
  ['--no-cache --testTimeout=20000', { args: ['--no-cache', '--testTimeout=20000'] }],
  ['--forceExit, in band', { args: ['--forceExit', ...IN_BAND] }],
  ['--forceExit, with two workers', { args: ['--forceExit', ...WORKERS] }],
  ['--detectOpenHandles', { args: ['--detectOpenHandles'] }],
  ['workerThreads', { args: WORKERS, config: { workerThreads: true } }],
];
test.each(PLAIN)('%s', (_name, options) => {
  const { report, faults, counts, ran } = run(options);
  expect({ code: report.code, faults, ran }).toEqual({ code: 0, faults: [], ran: TESTS });
  expect(statusesOf(report, 'passed')).toEqual(TESTS);
  expect(counts).toMatchObject({ session: 1, file: 6, block: 6, each: 12 });
  expect(report.output).not.toMatch(/open handle|did not exit|failed to exit/i);
});

const SOME: [string, string[], string[]][] = [
  ['-t', ['-t', '(one|three) second'], ['one second', 'three second']],
  ['--findRelatedTests', ['--findRelatedTests', './a/two.test.js'], testsOf('two')],
  ['--runTestsByPath', ['--runTestsByPath', 'five.test.js'], testsOf('five')],
  ['--collectTests', ['--collectTests'], []],
  ['--listTests', ['--listTests'], []],
  ['--passWithNoTests', ['--passWithNoTests', 'no-such-file'], []],
];
test.each(SOME)('%s: only what runs has fixtures', (_name, args, tests) => {
  const { report, faults, counts, ran } = run({ args });
  expect({ code: report.code, faults, ran }).toEqual({ code: 0, faults: [], ran: tests });
  expect(counts.each ?? 0).toBe(tests.length);
  expect(counts.session ?? 0).toBe(tests.length === 0 ? 0 : 1);
});

test('--shard: each file once, and each run has its own session', () => {
  const runs = [1, 2].map(shard => run({ args: [`--shard=${shard}/2`, ...WORKERS] }));
  for (const { report, faults, counts } of runs)
    expect({ code: report.code, faults, session: counts.session }).toEqual({
      code: 0,
      faults: [],
      session: 1,
    });
  expect(runs.flatMap(({ report }) => filesOf(report)).sort()).toEqual(FILES);
  expect(runs.flatMap(({ ran }) => ran).sort()).toEqual(TESTS);
});

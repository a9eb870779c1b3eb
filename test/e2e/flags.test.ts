import * as path from 'node:path';
import { type Recorded, recorded } from './records';
import { type Report, ROOT, type RunOptions, runJest } from './run-jest';

/*
 * Jest's flags with fixtures of every scope: whatever comes up goes down once, in the right order, before Jest has
 * exited. The project is one for all, so that it is compiled once.
 */
const PROJECT = path.join(ROOT, 'test/projects/flags');
const FILES = ['a/one', 'a/two', 'b/four', 'b/three', 'five', 'six'];
const TESTS = ['five', 'four', 'one', 'six', 'three', 'two'].flatMap(name => [`${name} first`, `${name} second`]);
const WORKERS = ['--maxWorkers=2', '--workerIdleMemoryLimit=2GB'];

function run({ env, ...options }: RunOptions = {}): Recorded {
  return recorded(record => runJest(PROJECT, { ...options, env: { ...env, ...record } }));
}

const filesOf = ({ files }: Report): string[] =>
  Object.keys(files)
    .map(file => file.replace('.test.js', ''))
    .sort();
const statusesOf = ({ files }: Report): string[] =>
  Object.values(files)
    .flatMap(({ tests }) => tests.map(({ name, status }) => `${status} ${name}`))
    .sort();

describe.each([
  ['in band', ['-i'], 1],
  ['with two workers', WORKERS, 2],
] as const)('%s', (_kind, args, workers) => {
  test('all files', () => {
    const { report, faults, counts, ran } = run({ args });
    expect({ code: report.code, faults, ran }).toEqual({ code: 0, faults: [], ran: TESTS });
    expect(filesOf(report)).toEqual(FILES);
    expect(counts).toEqual({
      session: 1,
      worker: workers,
      directory: expect.any(Number),
      file: 6,
      block: 6,
      each: 12,
    });
  });

  test.each([1, 2])('--bail=%d', bail => {
    const { report, faults, counts } = run({
      args: [...args, `--bail=${bail}`],
      env: { FLAGS_FAILS: ' first$' },
    });
    expect({ code: report.code, faults, session: counts.session }).toEqual({
      code: 1,
      faults: [],
      session: 1,
    });
    expect(report.output).toMatch(new RegExp(`^Test Suites: ${bail} failed, ${bail} of 6 total`, 'm'));
  });
});

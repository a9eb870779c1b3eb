import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { fullTest } from '../sizes';
import { KINDS } from './kinds';
import { counts, runLogged } from './logged';
import type { Report } from './report';
import { type RunOptions, runFiles } from './run-jest';
import { lingers } from './settled';

/*
 * What is registered to be ended with the run, in Jest's main process. A reporter registers it here: what does so
 * in the package is built on it.
 */
const REPORTER = `
  const fs = require('node:fs');
  const mainRun = () => globalThis[Symbol.for('jest-loop.process')].jest.mainRun;
  const log = line => fs.appendFileSync(process.env.LOG, line + '\\n');
  module.exports = class {
    onTestFileStart() {
      const run = mainRun();
      if (run.registered) return;
      run.registered = true;
      const end = name => async why => {
        log(name + ' ' + why + ' ' + run.finished + '/' + run.total);
        await new Promise(resolve => setTimeout(resolve, 30));
        log(name + ' is down');
        if (process.env.FAILS?.includes(name)) throw new Error(name + ' failed');
        return name === process.env.REPORTS ? [{ message: 'reported', stack: 'reported by ' + name, path: run.file }] : [];
      };
      run.atEnd(end('first'));
      run.atEnd(end('second'));
    }
    onTestFileResult(test, result) {
      log('result ' + require('node:path').basename(test.path) + (result.testExecError ? ' failed to run' : ''));
      const { THROWS } = process.env;
      if (THROWS === 'always' || (THROWS === 'at the end' && result.testExecError)) throw new Error('a reporter failed');
    }
    onRunComplete() { log('complete ' + (mainRun() === undefined)); }
  };`;
const CONFIG = "module.exports = { preset: 'jest-loop', reporters: ['default', './reporter.js'] };";
const PASSES = "test('passes', () => {});";
const FAILS = "test('fails', () => { throw new Error('no'); });";

function run(
  files: Readonly<Record<string, string>>,
  { env, ...options }: RunOptions = {},
): { report: Report; log: readonly string[] } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'run-ends-'));
  const log = path.join(folder, 'log');
  fs.writeFileSync(log, '');
  try {
    const report = runFiles(
      { 'jest.config.js': CONFIG, 'reporter.js': REPORTER, ...files },
      { ...options, env: { ...env, LOG: log } },
    );
    return { report, log: fs.readFileSync(log, 'utf8').trimEnd().split('\n') };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

describe.each(KINDS)('%s', (_kind, args) => {
  const files = { 'a.test.js': PASSES, 'b.test.js': PASSES, 'c.test.js': PASSES };

  test('all is ended when the last file is done, the last first, before Jest completes the run', () => {
    const { report, log } = run(files, { args });
    expect(report.code).toBe(0);
    expect(log.slice(0, 3).sort()).toEqual(['result a.test.js', 'result b.test.js', 'result c.test.js']);
    expect(log.slice(3)).toEqual([
      'second done 3/3',
      'second is down',
      'first done 3/3',
      'first is down',
      'complete true',
    ]);
    expect(lingers(report.output)).toBe(false);
  });

  test('what goes wrong there fails the run, on the file that it names, and the rest is ended all the same', () => {
    const { report, log } = run(files, { args, env: { FAILS: 'second', REPORTS: 'first' } });
    expect(report.code).toBe(1);
    expect(report.output).toContain('second failed');
    expect(report.output).toContain('Test suite failed to run');
    expect(Object.values(report.files).flatMap(({ errors }) => errors)).toContain('reported by first');
    expect(log).toContain('first is down');
    expect(log.at(-1)).toBe('complete true');
  });

  test('--bail: everything ends before Jest learns of the failure that makes it exit', () => {
    const { report, log } = run({ 'a.test.js': FAILS, 'b.test.js': FAILS }, { args: [...args, '--bail'] });
    expect(report.code).toBe(1);
    expect(log).toEqual([
      expect.stringMatching(/^second bail [01]\/2$/),
      'second is down',
      expect.stringMatching(/^first bail [01]\/2$/),
      'first is down',
      expect.stringMatching(/^result [ab]\.test\.js$/),
      'complete false',
    ]);
  });

  fullTest('--bail, with output to a file: the run is reported once', () => {
    const files = {
      'a.test.js': FAILS,
      'b.test.js': FAILS,
      'c.test.js': FAILS,
      'teardown.js':
        "module.exports = () => require('node:fs').appendFileSync(process.env.LOG, 'global teardown\\n');",
    };
    const { report, log } = run(files, {
      args: [...args, '--bail', '--globalTeardown=./teardown.js'],
      toFile: true,
    });
    expect(report.code).toBe(1);
    expect(log.filter(line => line.startsWith('complete'))).toEqual(['complete false']);
    expect(log.filter(line => line.startsWith('global teardown'))).toEqual(['global teardown']);
    expect(report.output.match(/^Test Suites:/gm)).toHaveLength(1);
  });

  fullTest('--bail: an error while the run ends is reported before Jest exits', () => {
    const { report } = run({ 'a.test.js': FAILS }, { args: [...args, '--bail'], env: { FAILS: 'first' } });
    expect(report.code).toBe(1);
    expect(report.output).toContain('first failed');
  });

  fullTest('--bail: the failure is reported, though a reporter throws on an error of the end', () => {
    const env = { FAILS: 'first', THROWS: 'at the end' };
    const { report, log } = run({ 'a.test.js': FAILS }, { args: [...args, '--bail'], env });
    expect([report.code, report.output]).toEqual([1, expect.stringContaining('a reporter failed')]);
    expect(log.filter(line => line.startsWith('result'))).toEqual([
      'result a.test.js failed to run',
      'result a.test.js',
    ]);
  });

  fullTest('a reporter that throws', () => {
    const { log } = run({ 'a.test.js': PASSES, 'b.test.js': PASSES }, { args, env: { THROWS: 'always' } });
    expect(log.filter(line => line.endsWith('is down'))).toEqual(['second is down', 'first is down']);
  });
});

fullTest.each(KINDS)(
  'a reporter that throws on an error of the end: the other errors are reported, %s',
  (_kind, args) => {
    const env = { FAILS: 'first and second', THROWS: 'at the end' };
    const { report, log } = run({ 'a.test.js': PASSES, 'b.test.js': PASSES }, { args, env });
    expect(report.code).toBe(1);
    expect(log.filter(line => line.endsWith('failed to run'))).toHaveLength(2);
  },
);

fullTest('each runner has a run of its own, and a runner that is not ours has none', () => {
  const { report, log } = run(
    {
      'jest.config.js': `module.exports = { reporters: ['default', './reporter.js'], projects: [
        { preset: 'jest-loop', displayName: 'a', testMatch: ['**/a.test.js'] },
        { preset: 'jest-loop', displayName: 'both', testMatch: ['**/*.test.js'] },
        { preset: 'jest-loop', displayName: 'sub', runner: './sub.js', testMatch: ['**/b.test.js'] } ] };`,
      'sub.js': "module.exports = class extends require('jest-loop/runner').default {};",
      'a.test.js': PASSES,
      'b.test.js': PASSES,
    },
    { args: ['-i'] },
  );
  expect(report.code).toBe(0);
  expect(log.filter(line => line.startsWith('first done')).sort()).toEqual([
    'first done 1/1',
    'first done 3/3',
  ]);
});

fullTest('a project with a runner of its own', () => {
  const report = runFiles({
    'jest.config.js': "module.exports = { preset: 'jest-loop', runner: 'jest-runner' };",
    'a.test.js': "fixture('one', () => 1); test('a', ({ one }) => { expect(one).toBe(1); });",
  });
  expect(report.code).toBe(0);
});

fullTest(
  'under a runner that is not ours, a worker that Jest may replace after each file listens to its end once',
  () => {
    const uses = "test('uses', ({ one }) => {});";
    const { report, log } = runLogged(
      {
        'jest.config.js':
          "module.exports = { preset: 'jest-loop', runner: 'jest-runner', testEnvironment: './environment.js' };",
        'environment.js': `
        // A little less than Jest's limit.
        require('node:v8').getHeapStatistics = () => ({ used_heap_size: 1.9e9 });
        module.exports = require('jest-loop/environment');`,
        'jest.fixtures.js': `
        const { log } = require('./events');
        fixture('one', { scope: 'worker' }, async function* () {
          yield 1;
          log(['message', 'disconnect', 'beforeExit'].map(name => process.listenerCount(name)).join(' '));
        });`,
        ...Object.fromEntries(['a', 'b', 'c', 'd'].map(name => [`${name}.test.js`, uses])),
      },
      { args: ['--maxWorkers=1', '--workerIdleMemoryLimit=2GB'] },
    );
    expect(report.code).toBe(0);
    expect([log.length, new Set(log).size]).toEqual([4, 1]);
  },
);

test('a worker that dies in its teardown keeps nothing else from its end', () => {
  const { report, log, left } = runLogged(
    {
      'jest.config.js': "module.exports = { preset: 'jest-loop', setupFilesAfterEnv: ['./fixtures.js'] };",
      'fixtures.js': `const { log, logged } = require('./events');
        fixture('session', { scope: 'session' }, logged('session'));
        fixture('worker', { scope: 'worker' }, logged('worker'));
        fixture('dies', { scope: 'worker' }, async function* () { yield 1; process.kill(process.pid, 'SIGKILL'); });`,
      'a.test.js': "test('a', ({ session, worker, dies }) => {});",
      'b.test.js':
        "test('b', async ({ session, worker }) => { await new Promise(resolve => setTimeout(resolve, 300)); });",
    },
    { args: ['--maxWorkers=2', '--workerIdleMemoryLimit=2GB'] },
  );
  expect(report.code).toBe(0);
  expect(counts(log)).toEqual({ 'session up': 1, 'worker up': 2, 'worker down': 1, 'session down': 1 });
  expect(log.at(-1)).toBe('session down');
  expect(left).toEqual([]);
});

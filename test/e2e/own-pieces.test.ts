import { fullTest } from '../sizes';
import { KINDS } from './kinds';
import { counts, FIXTURES_JS, runLogged, USES } from './logged';
import { keepJest } from './run-jest';
import { lingers } from './settled';

keepJest();

/*
 * Projects that have what Jest lets a project have of its own, beside the preset: it keeps working, and so do
 * fixtures of every scope.
 */
const FILES = { 'fixtures.js': FIXTURES_JS, 'a.test.js': USES, 'b.test.js': USES, 'c.test.js': USES };
const PRESET = "preset: 'jest-loop', setupFilesAfterEnv: ['<rootDir>/fixtures.js']";

const OWN = {
  'setup.js': `module.exports = async () => { await null; process.env.FROM_SETUP = 'set'; require('./events').log('setup'); };`,
  'teardown.js': `module.exports = async () => { await null; require('./events').log('teardown'); };`,
  'sequencer.js': `const Sequencer = require('@jest/test-sequencer').default;
    module.exports = class extends Sequencer {
      sort(tests) { require('./events').log('sorted'); return [...tests].sort((a, b) => (a.path < b.path ? 1 : -1)); }
    };`,
  'reporter.js': `const { log } = require('./events');
    module.exports = class {
      onTestResult(test) { log('result ' + require('node:path').basename(test.path)); }
      onRunComplete(_, { numPassedTests }) { log('complete ' + numPassedTests); }
    };`,
};

describe.each(KINDS)('%s', (_kind, args, workers) => {
  test('globalSetup, globalTeardown, testSequencer and reporters', () => {
    const { report, log, left } = runLogged(
      {
        ...FILES,
        ...OWN,
        'jest.config.js': `module.exports = { ${PRESET}, globalSetup: './setup.js', globalTeardown: './teardown.js',
          testSequencer: './sequencer.js', reporters: ['default', './reporter.js'] };`,
        'jest.fixtures.js': "fixture('set', { scope: 'session' }, () => process.env.FROM_SETUP);",
        'b.test.js': `${USES} test('sees', ({ set }) => { expect([set, process.env.FROM_SETUP]).toEqual(['set', 'set']); });`,
      },
      { args },
    );
    expect(report.output).not.toContain('●');
    expect(report.code).toBe(0);
    expect(log.slice(0, 2)).toEqual(['sorted', 'setup']);
    // What a run has up is down before Jest says that it is complete, and before the project takes away its own.
    expect(log.slice(-3)).toEqual(['session down', 'complete 4', 'teardown']);
    const found = counts(log);
    expect(found['session up']).toBe(1);
    expect(found['worker up']).toBeLessThanOrEqual(workers);
    expect(found['worker down']).toBe(found['worker up']);
    const results = log.filter(event => event.startsWith('result'));
    expect(workers > 1 ? [...results].sort().reverse() : results).toEqual([
      'result c.test.js',
      'result b.test.js',
      'result a.test.js',
    ]);
    expect(left).toEqual([]);
  });

  fullTest('a runner that extends ours', () => {
    const { report, log } = runLogged(
      {
        ...FILES,
        'jest.config.js': `module.exports = { ${PRESET}, runner: './own-runner.js' };`,
        'own-runner.js': `module.exports = class extends require('jest-loop/runner').default {
          async runTests(tests, ...others) { require('./events').log('runs ' + tests.length); await super.runTests(tests, ...others); }
        };`,
      },
      { args },
    );
    expect(report.code).toBe(0);
    expect(log[0]).toBe('runs 3');
    expect(counts(log)).toMatchObject({ 'session up': 1, 'session down': 1, 'file up': 3, 'file down': 3 });
    expect(log.at(-1)).toBe('session down');
  });

  test("Jest's own runner in place of ours: what keeps its process is ended, and an error there fails the run", () => {
    const { report, log } = runLogged(
      {
        'jest.config.js': `module.exports = { ${PRESET}, runner: 'jest-runner' };`,
        'fixtures.js': `const { log } = require('./events');
          fixture('server', { scope: 'worker' }, async function* () {
            const server = require('node:net').createServer();
            await new Promise(resolve => server.listen(0, resolve));
            log('server up');
            yield server.address().port;
            await new Promise(resolve => server.close(resolve));
            log('server down');
          });
          fixture('fails', { scope: 'worker' }, async function* () { yield 1; throw new Error('not to be closed'); });`,
        'a.test.js': "test('a', ({ server, fails }) => {});",
        'b.test.js': "test('b', ({ server }) => {});",
      },
      { args, ownProcess: true },
    );
    expect(report.output).toContain(
      'Fixture "fails" (scope "worker") failed in its teardown: not to be closed',
    );
    expect(report.output).toContain('"fails" is declared at fixtures.js:10');
    expect(report.code).toBe(1);
    expect(counts(log)).toEqual({ 'server up': workers, 'server down': workers });
    expect(lingers(report.output)).toBe(false);
  });

  fullTest('a runner that is none of the kind, beside the preset and in a project of its own', () => {
    const runner = `
      const { log } = require('./events');
      module.exports = class {
        async runTests(tests, watcher, onStart, onResult) {
          for (const test of tests) {
            await onStart(test);
            log('ran ' + require('node:path').basename(test.path));
            await onResult(test, { console: null, failureMessage: null, leaks: false, numFailingTests: 0, numPassingTests: 1,
              numPendingTests: 0, numTodoTests: 0, openHandles: [], perfStats: { end: 1, runtime: 1, slow: false, start: 0 },
              skipped: false, snapshot: { added: 0, fileDeleted: false, matched: 0, unchecked: 0, uncheckedKeys: [], unmatched: 0, updated: 0 },
              testFilePath: test.path, testResults: [{ ancestorTitles: [], duration: 1, failureMessages: [], fullName: 'ran', location: null, numPassingAsserts: 0, status: 'passed', title: 'ran' }] });
          }
        }
      };`;
    const { report, log } = runLogged(
      {
        ...FILES,
        'jest.config.js': `module.exports = { projects: [
          { ${PRESET}, testMatch: ['**/*.test.js'] },
          { preset: 'jest-loop', displayName: 'lint', runner: '<rootDir>/lint.js', testMatch: ['**/lib.js'] } ] };`,
        'lint.js': runner,
        'lib.js': "throw new Error('never loaded');",
      },
      { args },
    );
    expect(report.output).not.toContain('●');
    expect(report.code).toBe(0);
    expect(counts(log)).toMatchObject({
      'ran lib.js': 1,
      'session up': 1,
      'session down': 1,
      'file down': 3,
    });
    expect(report.files['lib.js']!.tests.map(({ name }) => name)).toEqual(['ran']);
  });

  test('several projects: transforms of their own, shared fixtures and separate ones, one without the preset', () => {
    // Each writes its name where the sources say PROJECT.
    const transform = (name: string): string =>
      `module.exports = { process: source => ({ code: source.replaceAll('PROJECT', '${name}') }), getCacheKey: source => '${name}' + source };`;
    const project = (name: string): string =>
      `{ preset: 'jest-loop', displayName: '${name}', rootDir: '<rootDir>/${name}', transform: { '\\\\.js$': '<rootDir>/../${name}.transform.js' },
         setupFilesAfterEnv: ['<rootDir>/../shared.js'] }`;
    const tests = `
      test('its own', ({ session, worker, own }) => { expect([session, worker, own]).toEqual([['PROJECT'], ['PROJECT', 'PROJECT'], 'own PROJECT']); });`;
    const own = "fixture('own', { scope: 'session' }, require('../events').logged('own PROJECT'));";
    const { report, log, left } = runLogged(
      {
        'jest.config.js': `module.exports = { projects: [${project('one')}, ${project('two')}, { displayName: 'plain', rootDir: '<rootDir>/plain' }] };`,
        'one.transform.js': transform('one'),
        'two.transform.js': transform('two'),
        'helper.js': "exports.made = 'PROJECT';",
        'shared.js': `const { logged } = require('./events');
          const { made } = require('./helper');
          fixture('session', { scope: 'session' }, logged('session PROJECT', [made]));
          fixture('worker', { scope: 'worker' }, async function* ({ session }) { yield* logged('worker PROJECT', [made, ...session])(); });`,
        'one/jest.fixtures.js': own,
        'two/jest.fixtures.js': own,
        'one/a.test.js': tests.replaceAll('PROJECT', 'one'),
        'one/b.test.js': tests.replaceAll('PROJECT', 'one'),
        'two/a.test.js': tests.replaceAll('PROJECT', 'two'),
        'two/b.test.js': tests.replaceAll('PROJECT', 'two'),
        'plain/a.test.js': "test('plain', () => { expect(typeof fixture).toBe('undefined'); });",
      },
      { args },
    );
    expect(report.output).not.toContain('●');
    expect(report.code).toBe(0);
    expect(Object.keys(report.files)).toHaveLength(5);
    const found = counts(log);
    for (const name of ['one', 'two']) {
      for (const fixture of ['session', 'own'])
        expect([found[`${fixture} ${name} up`], found[`${fixture} ${name} down`]]).toEqual([1, 1]);
      expect(found[`worker ${name} up`]).toBeLessThanOrEqual(workers);
      expect(found[`worker ${name} down`]).toBe(found[`worker ${name} up`]);
    }
    expect(log.filter(event => event.includes('PROJECT'))).toEqual([]);
    expect(left).toEqual([]);
  });
});

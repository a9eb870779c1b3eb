import { fullTest, sizedTo } from '../sizes';
import { KINDS } from './kinds';
import { runLogged } from './logged';
import { IN_BAND, keepJest, WORKERS } from './run-jest';

keepJest();

/*
 * What a user reads of errors in shared fixtures: the same wherever they are made, the very last included.
 */
const FIXTURES = `
  for (const scope of ['session', 'worker']) {
    // Node reports its rejection after everything is torn down.
    fixture(scope + ' rejects', { scope }, function* () {
      yield 1;
      Promise.reject(new Error('rejected by ' + scope));
    });
    fixture(scope + ' ends badly', { scope }, async function* () {
      yield 1;
      throw new AggregateError([new Error('one of ' + scope), new Error('two of ' + scope)], 'all of ' + scope);
    });
    fixture(scope + ' ends with a string', { scope }, function* () {
      yield 1;
      throw 'text of ' + scope;
    });
    fixture(scope + ' fails', { scope }, async () => {
      throw new Error('failed: ' + scope);
    });
    const hidden = () => { throw new Error('hidden by ' + scope); };
    fixture(scope + ' throws what cannot be shown', { scope }, function* () {
      yield 1;
      throw { get message() { return hidden(); }, [Symbol.for('nodejs.util.inspect.custom')]: hidden };
    });
  }`;
const files = {
  'jest.fixtures.js': FIXTURES,
  'a.test.js': `test.each(['session', 'worker'])('%s', async (scope, { request }) => {
    await request.get(scope + ' rejects');
    await request.get(scope + ' ends badly');
    await request.get(scope + ' ends with a string');
    await request.get(scope + ' throws what cannot be shown');
    await request.get(scope + ' fails');
  });`,
  'b.test.js': "test('passes', () => {});",
};

const ONE_WORKER = ['--maxWorkers=1', '--workerIdleMemoryLimit=2GB'];

describe.each(KINDS)('%s', (_kind, args) => {
  const { output } = runLogged(files, { args }).report;

  test.each(['session', 'worker'])('scope %s: a failing set-up shows where', scope => {
    expect(output).toMatch(
      new RegExp(`● ${scope}\\s+failed: ${scope}\\s[^●]*at \\S*jest\\.fixtures\\.js:17:13`),
    );
  });

  test.each(['session', 'worker'])('scope %s: a rejection of the very last teardown is reported', scope => {
    expect(output).toContain(
      `Fixture "${scope} rejects" (scope "${scope}") has an unhandled error: rejected by ${scope}`,
    );
  });

  test.each(['session', 'worker'])(
    'scope %s: all errors of a teardown that threw several are reported',
    scope => {
      expect(output).toContain(`failed in its teardown: all of ${scope}`);
      expect(output).toContain(`Error: one of ${scope}`);
      expect(output).toContain(`Error: two of ${scope}`);
      expect(output).not.toMatch(/emittery|@jest\/core/);
    },
  );

  test.each(['session', 'worker'])(
    'scope %s: what cannot be shown is reported, and takes no other error with it',
    scope => {
      expect(output).toContain(
        `Fixture "${scope} throws what cannot be shown" threw a value that cannot be shown in its teardown`,
      );
    },
  );

  test.each(['session', 'worker'])(
    'scope %s: what is not an Error is reported once, with both places',
    scope => {
      const [, reported, ...others] = output.split(
        `Fixture "${scope} ends with a string" threw "text of ${scope}" in its teardown`,
      );
      expect(others).toEqual([]);
      const [block] = reported!.split('●');
      expect(block).toContain(`declared at jest.fixtures.js:12`);
      expect(block).toContain('a.test.js:1');
      expect(block!.match(/To fix/g)).toHaveLength(1);
      expect(block).toMatch(/ at .*jest\.fixtures\.js:12:5/);
    },
  );
});

// In band one file follows the other: the second one uses nothing.
const RUNNING = [
  ['session', 'in band', IN_BAND],
  ['worker', 'in band', IN_BAND],
  ['session', 'with a worker', ONE_WORKER],
  ['worker', 'with a worker', ONE_WORKER],
] as const;
test.each(sizedTo(1, RUNNING))(
  'scope %s: a rejection that is handled after all is none, whatever runs, %s',
  (scope, _kind, args) => {
    const { report, log } = runLogged(
      {
        'jest.config.js':
          "module.exports = { preset: 'jest-loop', testSequencer: '<rootDir>/sequencer.js' };",
        'sequencer.js': `
        const { default: Sequencer } = require('@jest/test-sequencer');
        module.exports = class extends Sequencer { sort(tests) { return [...tests].sort((a, b) => (a.path < b.path ? -1 : 1)); } };`,
        'jest.fixtures.js': `
        const { log } = require('./events');
        fixture('late', { scope: '${scope}' }, async function* () {
          const timer = setInterval(() => {
            if (!require('node:fs').readFileSync(process.env.LOG, 'utf8').includes('b runs')) return;
            clearInterval(timer);
            const rejected = Promise.reject(new Error('handled in the end'));
            setTimeout(() => { rejected.catch(() => log('handled')); }, 50);
          }, 5);
          yield 1;
        });`,
        'a.test.js': "test('a', ({ late }) => {});",
        'b.test.js': `test('b', async () => {
        const { log } = require('./events');
        log('b runs');
        while (!require('node:fs').readFileSync(process.env.LOG, 'utf8').includes('handled'))
          await new Promise(resolve => setTimeout(resolve, 10));
        await new Promise(resolve => setTimeout(resolve, 20));
      });`,
      },
      { args },
    );
    expect(report.output).not.toContain('●');
    expect([report.code, log]).toEqual([0, ['b runs', 'handled']]);
  },
);

fullTest('where the main process cannot listen, the tests that need it fail, and the run says why', () => {
  const args = WORKERS;
  const asks = "test('plain', () => {}); test('asks', ({ shared }) => {});";
  const { report } = runLogged(
    {
      'jest.config.js': "module.exports = { preset: 'jest-loop', globalSetup: '<rootDir>/setup.js' };",
      'setup.js': "module.exports = () => { process.env.TMPDIR = '/not/there'; };",
      'jest.fixtures.js': "fixture('shared', { scope: 'session' }, () => 1);",
      'a.test.js': asks,
      'b.test.js': asks,
    },
    { args },
  );
  expect(report.output).toContain("Jest's main process could not be reached");
  expect(report.output).toMatch(/● Test suite failed to run\s+ENOENT: .*mkdir '\/not\/there\//);
  expect(report.output).toMatch(/Tests: +2 failed, 2 passed, 4 total/);
});

fullTest('a teardown that fails because an idle worker is ended fails the run', () => {
  const { report } = runLogged(
    {
      'jest.config.js': "module.exports = { preset: 'jest-loop', reporters: ['default', './reporter.js'] };",
      'reporter.js': `
        const { readFileSync } = require('node:fs');
        module.exports = class {
          onTestFileResult(test) {
            if (!test.path.endsWith('a.test.js')) return;
            const [, pid] = /pid (\\d+)/.exec(readFileSync(process.env.LOG, 'utf8'));
            process.kill(Number(pid), 'SIGTERM');
          }
        };`,
      'jest.fixtures.js': `
        const { log } = require('./events');
        fixture('one', { scope: 'worker' }, async function* () {
          log('pid ' + process.pid);
          yield 1;
          log('one down');
          throw new Error('bad end');
        });`,
      'a.test.js': "test('a', ({ one }) => {});",
      'b.test.js': `test('b', async () => {
        while (!require('node:fs').readFileSync(process.env.LOG, 'utf8').includes('one down'))
          await new Promise(resolve => setTimeout(resolve, 10));
      });`,
    },
    { args: WORKERS, ownProcess: true },
  );
  expect(report.output.split('failed in its teardown: bad end')).toHaveLength(2);
  expect(report.code).toBe(1);
});

const REASONS = [
  ['an error', "new Error('of a reporter')"],
  ['no error', "'of a reporter'"],
] as const;
fullTest.each(REASONS)(
  'a foreign rejection in the main process is handled as without us: %s',
  (_what, reason) => {
    const project = (scope: string): ReturnType<typeof runLogged> =>
      runLogged(
        {
          'jest.config.js': "module.exports = { preset: 'jest-loop', reporters: ['./reporter.js'] };",
          'reporter.js': `module.exports = class {
          onTestFileResult() { Promise.reject(${reason}); }
        };`,
          'jest.fixtures.js': `fixture('one', { scope: '${scope}' }, () => 1);`,
          'a.test.js': "test('a', ({ one }) => {});",
          'b.test.js': "test('b', ({ one }) => {});",
        },
        { args: ONE_WORKER, ownProcess: true },
      );
    const [mine, theirs] = [project('session'), project('test')].map(({ report }) => ({
      code: report.code,
      output: report.output.replace(/(?:project|run)-\w+|^ +at .*\n|^.*warn.*\n/gm, ''),
    }));
    expect(mine!.output).toContain('of a reporter');
    expect(mine).toEqual(theirs);
  },
);

fullTest('a worker that could not reach a main process that was busy tries again', () => {
  const asks = `test('asks', async ({ request }) => {
    const { log } = require('./events');
    await request.get('here').then(log, ({ message }) => log(message.split('\\n')[0]));
  });`;
  const { log } = runLogged(
    {
      'jest.config.js': "module.exports = { preset: 'jest-loop', reporters: ['./reporter.js'] };",
      'reporter.js': `
        const { readFileSync } = require('node:fs');
        const sleep = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
        module.exports = class {
          onTestCaseStart() { while (readFileSync(process.env.LOG, 'utf8') === '') sleep(); }
        };`,
      'jest.fixtures.js': "fixture('here', { scope: 'worker' }, () => 'up');",
      'a.test.js': asks,
      'b.test.js': asks,
    },
    { args: ONE_WORKER },
  );
  expect(log).toEqual([expect.stringContaining('could not be reached'), 'up']);
});

test('what a directory of one project leaves behind is reported for that project', () => {
  const { report } = runLogged(
    {
      'jest.config.js': `const project = displayName => ({ displayName, preset: 'jest-loop', testMatch: ['**/' + displayName + '/*.test.js'] });
        module.exports = { testSequencer: './sequencer.js', projects: ['a', 'b', 'c'].map(project) };`,
      'sequencer.js': `
        const { default: Sequencer } = require('@jest/test-sequencer');
        module.exports = class extends Sequencer { sort(tests) { return [...tests].sort((a, b) => (a.path < b.path ? -1 : 1)); } };`,
      'jest.fixtures.js': "fixture('here', { scope: 'worker' }, () => 1);",
      'a/a.test.js': "test('a', ({ here }) => {});",
      'b/jest.fixtures.js':
        "fixture('near', { scope: 'directory' }, function* () { yield 1; throw new Error('bad end'); });",
      'b/b.test.js': "test('b', ({ near }) => {});",
      'c/c.test.js': "test('c', () => {});",
    },
    { args: ONE_WORKER },
  );
  expect(report.output).toMatch(/FAIL b \S*b\.test\.js\s+● Test suite failed to run\s+Fixture "near"/);
});

test.each([
  ['in band', IN_BAND],
  ['with a worker', ONE_WORKER],
])('a teardown is reported on a file of its own project, whichever runs last, %s', (_kind, args) => {
  const { report } = runLogged(
    {
      'jest.config.js': `const project = displayName => ({ displayName, preset: 'jest-loop', rootDir: '<rootDir>/' + displayName });
        module.exports = { testSequencer: './sequencer.js', projects: ['a', 'b'].map(project) };`,
      'sequencer.js': `
        const { default: Sequencer } = require('@jest/test-sequencer');
        module.exports = class extends Sequencer { sort(tests) { return [...tests].sort((a, b) => (a.path < b.path ? -1 : 1)); } };`,
      'a/jest.fixtures.js': `
        for (const scope of ['session', 'worker'])
          fixture('of ' + scope, { scope }, function* () { yield 1; throw new Error('bad end'); });`,
      'a/a.test.js': `
        test.each(['session', 'worker'])('%s', (scope, { request }) => request.get('of ' + scope));`,
      'b/jest.fixtures.js': `
        for (const scope of ['session', 'worker']) fixture(scope + ' of b', { scope }, () => 1);`,
      'b/b.test.js': `
        test.each(['session', 'worker'])('%s', (scope, { request }) => request.get(scope + ' of b'));`,
    },
    { args },
  );
  const suites = [...report.output.matchAll(/FAIL (\w) .*|Fixture "of (\w+)".* failed in its teardown/g)];
  // The end of the output repeats the failures.
  expect(new Set(suites.map(([, project, scope]) => project ?? scope))).toEqual(
    new Set(['a', 'session', 'worker']),
  );
});

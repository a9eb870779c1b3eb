import * as path from 'node:path';
import { fullTest, sizedTo } from '../sizes';
import { KINDS } from './kinds';
import { keepJest, ROOT, runFiles, runJest, runManyFiles } from './run-jest';

keepJest();

const HANGS = `
  fixture('slow', { timeout: 20 }, () => new Promise(resolve => setTimeout(resolve, 60)));
  fixture('slowDown', { timeout: 220 }, async function* () { yield; await new Promise(resolve => setTimeout(resolve, 600)); });
  beforeEach(() => new Promise(resolve => setTimeout(resolve, 60)), 20);
  test('a test', { timeout: 20 }, () => new Promise(resolve => setTimeout(resolve, 60)));
  test('a limit of Jest', () => new Promise(resolve => setTimeout(resolve, 60)), 20);
  test('fixtures', ({ slow, slowDown }) => {});
  test('asyncTimeout', async ({ asyncTimeout }) => { asyncTimeout.set(20); await new Promise(resolve => setTimeout(resolve, 60)); });
  test('a body that blocks', { timeout: 20 }, () => { for (const end = performance.now() + 40; performance.now() < end; ); });`;

const DEBUGGERS: [how: string, node: string[], env: Record<string, string>][] = [
  ['with --inspect=0', ['--inspect=0'], {}],
  ['opened by the code itself', [], { OPEN: '1' }],
];
test.each(sizedTo(1, DEBUGGERS))('with a debugger no limit fires: %s', (_, node, env) => {
  const files = {
    'a.test.js': `if (process.env.OPEN) require('node:inspector').open(0); ${HANGS}`,
  };
  const report = runFiles(files, { args: ['-i'], node, env, ownProcess: true });
  expect(report.files['a.test.js']!.tests.map(({ status, messages }) => [status, ...messages])).toEqual(
    Array(5).fill(['passed']),
  );
  expect(report.code).toBe(0);
});

test('without one all of them do', () => {
  const report = runFiles({ 'a.test.js': HANGS });
  expect(report.files['a.test.js']!.tests.map(({ status }) => status)).toEqual(Array(5).fill('failed'));
});

test('what was thrown while the cancellation ran is shown as the cause', () => {
  const report = runJest(path.join(ROOT, 'test/projects/expiry'), {
    args: ['cancel.test.js', '-t', 'is its cause'],
  });
  const [first, second] = report.files['cancel.test.js']!.tests.filter(({ status }) => status === 'failed');
  expect(first!.raw.join('\n')).toContain('could not clean up');
  expect(second!.raw).toHaveLength(1);
  expect(second!.raw[0]!.split('Took too long')).toHaveLength(2);
});

test('a report of fetch with the signal of the test names its call, and its place in the guide', () => {
  const { output } = runFiles({
    'a.test.js': `
      fixture('silent', async function* () {
        const server = require('node:http').createServer(() => {});
        await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
        yield 'http://127.0.0.1:' + server.address().port;
        server.closeAllConnections();
        await new Promise(resolve => server.close(resolve));
      });
      fixture('answer', { timeout: 200 }, ({ silent }, { signal }) => fetch(silent, { signal }));
      test('a body', { timeout: 200 }, async ({ silent, request }) => {
        await fetch(silent, { signal: request.signal });
      });
      test('a fixture', ({ answer }) => {});`,
  });
  expect(output.match(/took too long/gi)).toHaveLength(2);
  expect(output.match(/waiting for: a call that takes request\.signal/g)).toHaveLength(2);
  expect(output.match(/See: node_modules\/jest-loop\/docs\/errors\.md#err_timeout/g)).toHaveLength(2);
});

fullTest('with workers and in band, limits are those of Jest', () => {
  const files = {
    'jest.config.js': "module.exports = { preset: 'jest-loop', testTimeout: 40 };",
    'a.test.js': "test('a', () => new Promise(() => {}));",
    'b.test.js': "fixture('db', () => new Promise(() => {})); test('b', ({ db }) => {});",
  };
  for (const args of [['-i'], ['--maxWorkers=2']]) {
    const { files: reports } = runFiles(files, { args });
    expect(reports['a.test.js']!.tests[0]!.messages[0]).toContain('a.test.js:1 (timeout=40ms)');
    expect(reports['b.test.js']!.tests[0]!.messages[0]).toContain(
      'took too long to set up: b.test.js:1 (timeout=40ms)',
    );
  }
});

describe.each(KINDS)("Jest's limit holds for fixtures that outlive a file, %s", (_kind, args) => {
  const SCOPES = ['directory', 'worker', 'session'];
  let reports: ReturnType<typeof runManyFiles>;
  beforeAll(() => {
    const project = (scope: string): Record<string, string> => ({
      'jest.config.js':
        "module.exports = { preset: 'jest-loop', testTimeout: 40, setupFilesAfterEnv: ['<rootDir>/setup.js'] };",
      'setup.js': `fixture('db', { scope: '${scope}' }, () => new Promise(() => {}));`,
      'a.test.js': "test('a', ({ db }) => {}, 20_000);",
      'b.test.js': "test('b', () => {});",
    });
    reports = runManyFiles(Object.fromEntries(SCOPES.map(scope => [scope, project(scope)])), { args });
  });

  test.each(SCOPES)('scope %s', scope => {
    expect(reports[scope]!.files['a.test.js']!.tests[0]!.messages[0]).toContain(
      'took too long to set up: setup.js:1 (timeout=40ms)',
    );
  });
});

const LIBRARY = `
  const { setTimeout: later } = globalThis;
  const { setTimeout: wait } = require('timers/promises');
  module.exports = { later, wait, now: fn => setTimeout(fn, 10) };`;

test('timers of packages in node_modules belong to the Loop that they are called in', () => {
  const report = runFiles({
    'jest.config.js':
      "module.exports = { preset: 'jest-loop', testEnvironmentOptions: { loop: { leftovers: 'cancel' } } };",
    'node_modules/library/package.json': '{ "name": "library", "main": "index.js" }',
    'node_modules/library/index.js': LIBRARY,
    'a.test.js': `
      const library = require('library');
      const fired = [];
      test('starts them', () => {
        library.later(() => fired.push('kept global'), 10);
        library.now(() => fired.push('global'));
        library.wait(10).then(() => fired.push('timers/promises'), () => {});
      });
      test('none of them fires later', async () => {
        await new Promise(resolve => setTimeout(resolve, 60));
        expect(fired).toEqual([]);
      });
      test('but while their test runs', async () => {
        library.now(() => fired.push('global'));
        await library.wait(30);
        expect(fired).toEqual(['global']);
      });`,
  });
  expect(report.files['a.test.js']!.tests.map(({ status }) => status)).toEqual(Array(3).fill('passed'));
});

/*
 * A default timeout that is overridden further in holds there: what lives further out keeps the one that it sees, a
 * function too, though no requester sees that one.
 */
test.each(KINDS)(
  'a default timeout holds where it is seen, also for those who see another: %s',
  (_, args) => {
    const report = runFiles(
      {
        'jest.fixtures.js': `
        const forever = () => new Promise(() => {});
        fixture('sessionDefaultAsyncTimeout', { scope: 'session' }, () => 91);
        fixture('workerDefaultAsyncTimeout', { scope: 'worker' }, async () => 92);
        fixture('directoryDefaultAsyncTimeout', { scope: 'directory' }, async function* () { yield 93; });
        fixture('fileDefaultAsyncTimeout', { scope: 'file' }, () => 94);
        for (const scope of ['session', 'worker', 'directory', 'file']) {
          fixture(scope, { scope }, forever);
          fixture(scope + 'Later', { scope }, forever);
        }
        fixture('hooks', { scope: 'worker' }, forever);`,
        'inner/jest.fixtures.js': `
        for (const scope of ['session', 'worker', 'directory', 'file'])
          fixture(scope + 'DefaultAsyncTimeout', { scope }, scope === 'worker' ? () => 20_000 : 20_000);
        fixture('innermost', { scope: 'worker', timeout: 95 }, forever => new Promise(() => {}));`,
        'inner/a.test.js': `
        for (const scope of ['session', 'worker', 'directory'])
          test('requests ' + scope, async ({ request }) => { await request.get(scope); });
        test('names session', ({ sessionLater }) => {});
        test('names worker', ({ workerLater }) => {});
        test('names directory', ({ directoryLater }) => {});
        test('its own', ({ innermost }) => {});
        describe('a hook', () => { beforeAll(({ hooks }) => {}); test('after it', () => {}); });`,
        'b.test.js': `
        describe('a block', () => {
          fixture('fileDefaultAsyncTimeout', () => 20_000);
          test('names file', ({ file }) => {});
          test.concurrent('at once', async ({ fileLater }) => {});
        });`,
      },
      { args },
    );
    const found = Object.values(report.files).flatMap(({ tests }) =>
      tests.map(({ name, messages }) => [name, /timeout=(\d+)ms/.exec(messages[0] ?? '')?.[1]]),
    );
    expect(Object.fromEntries(found)).toEqual({
      'requests session': '91',
      'requests worker': '92',
      'requests directory': '93',
      'names session': '91',
      'names worker': '92',
      'names directory': '93',
      'its own': '95',
      'a hook after it': '92',
      'a block names file': '94',
      'a block at once': '94',
    });
  },
);

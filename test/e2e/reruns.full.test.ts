import { fullTest, sizedTo } from '../sizes';
import { KINDS } from './kinds';
import { counts, FIXTURES_JS, runLogged, USES } from './logged';
import { lingers, settled } from './settled';
import { watchJest } from './watch-jest';

/*
 * More than one run in a process (watch mode), and more than one worker in the place of one (`workerIdleMemoryLimit`).
 */
const LISTED = { 'fixtures.js': FIXTURES_JS, 'a.test.js': USES, 'b.test.js': USES };
const CONFIG = "module.exports = { preset: 'jest-loop', setupFilesAfterEnv: ['./fixtures.js'] };";

describe.each(KINDS)('--watchAll, %s', (_kind, args, workers) => {
  test('each run has its own, and what has changed is loaded anew', async () => {
    const tells = (version: string): string => `
      const { name } = require('./lib');
      const { logged } = require('./events');
      fixture('session', { scope: 'session' }, async function* () { yield* logged('session of ' + name, ['${version}', name])(); });
      fixture('worker', { scope: 'worker' }, async function* ({ session }) { yield* logged('worker of ' + name, [...session, name])(); });`;
    const test = (file: string): string =>
      `test('tells', ({ session, worker }) => { require('./events').log('${file} ' + session + ' ' + worker); });`;
    await watchJest(
      {
        'jest.config.js': CONFIG,
        'lib.js': "exports.name = 'lib';",
        'fixtures.js': tells('one'),
        'a.test.js': test('a'),
        'b.test.js': test('b'),
      },
      args,
      async ({ ran, press, write, log, output, quit }) => {
        let seen = 0;
        const since = (): Record<string, number> => {
          const all = log();
          const found = counts(all.slice(seen));
          seen = all.length;
          return found;
        };
        const expectRun = (version: string, name: string): void => {
          const found = since();
          expect(found).toMatchObject({
            [`session of ${name} up`]: 1,
            [`session of ${name} down`]: 1,
            [`a ${version},${name} ${version},${name},${name}`]: 1,
            [`b ${version},${name} ${version},${name},${name}`]: 1,
          });
          const ups = found[`worker of ${name} up`]!;
          expect(ups).toBeLessThanOrEqual(workers);
          expect(found[`worker of ${name} down`]).toBe(ups);
          expect(Object.keys(found)).toHaveLength(6);
        };
        await ran(1);
        expectRun('one', 'lib');
        press('a');
        await ran(2);
        expectRun('one', 'lib');
        // Jest sees it and runs by itself.
        write('fixtures.js', tells('two'));
        await ran(3);
        expectRun('two', 'lib');
        write('lib.js', "exports.name = 'changed';");
        await ran(4);
        expectRun('two', 'changed');
        expect(output()).not.toContain('●');
        expect(await quit()).toBe(0);
        expect(since()).toEqual({});
      },
    );
  });

  fullTest('an ES module that has changed is loaded anew', async () => {
    const tells = (version: string): string =>
      `fixture('worker', { scope: 'worker' }, () => '${version}'); fixture('session', { scope: 'session' }, () => '${version}');`;
    const test =
      "test('tells', ({ session, worker }) => { require('./events').log(session + ' ' + worker); });";
    await watchJest(
      {
        'jest.config.js': CONFIG.replace('fixtures.js', 'fixtures.mjs'),
        'fixtures.mjs': tells('one'),
        'a.test.js': test,
        'b.test.js': test,
      },
      args,
      async ({ ran, write, log, output, quit }) => {
        await ran(1);
        write('fixtures.mjs', tells('two'));
        await ran(2);
        write('fixtures.mjs', tells('three'));
        await ran(3);
        expect(output()).not.toContain('●');
        expect(log()).toEqual(
          ['one', 'two', 'three'].flatMap(each => [`${each} ${each}`, `${each} ${each}`]),
        );
        expect(await quit()).toBe(0);
      },
      { node: ['--experimental-vm-modules'] },
    );
  });

  fullTest('a run leaves no socket for the next one to see', async () => {
    const test = `test('tells', ({ session }) => {
      const found = require('node:fs').readdirSync(require('node:os').tmpdir());
      require('./events').log(String(found.filter(name => /^jest-loop-/.test(name)).length));
    });`;
    await watchJest(
      { 'jest.config.js': CONFIG, 'fixtures.js': FIXTURES_JS, 'a.test.js': test, 'b.test.js': test },
      args,
      async ({ ran, press, log, quit }) => {
        for (const run of [1, 2, 3]) {
          await ran(run);
          if (run < 3) press('a');
        }
        const found = log().filter(line => /^\d+$/.test(line));
        expect(found).toEqual(Array(6).fill(String(workers - 1)));
        expect(await quit()).toBe(0);
      },
    );
  });

  fullTest('a run that a key interrupts ends what is up, and the next has all of its own', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const slow = `${USES} test('slow', async ({ file }) => { require('./events').log('slow'); await new Promise(resolve => setTimeout(resolve, 300)); });`;
    let seen = '';
    await watchJest(
      {
        'jest.config.js': CONFIG,
        'fixtures.js': FIXTURES_JS,
        ...Object.fromEntries(names.map(name => [`${name}.test.js`, slow])),
      },
      args,
      async ({ ran, logged, press, log, output, quit }) => {
        const expectPaired = (events: readonly string[]): Record<string, number> => {
          const found = counts(events);
          for (const scope of ['session', 'worker', 'directory', 'file'])
            expect([scope, found[`${scope} down`]]).toEqual([scope, found[`${scope} up`]]);
          expect(found['session up']).toBe(1);
          expect(found['worker up']).toBeLessThanOrEqual(workers);
          return found;
        };
        await logged('slow');
        press('\r');
        await ran(1);
        const first = log();
        expect(expectPaired(first)['file up']).toBeLessThan(names.length);
        press('a');
        await ran(2);
        expect(expectPaired(log().slice(first.length))['file up']).toBe(names.length);
        seen = output();
        expect(await quit()).toBe(0);
      },
    );
    expect(lingers(seen)).toBe(false);
  });

  const KEYS = [
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ] as const;
  test.each(sizedTo(1, KEYS))(
    '%s, which is a key there, ends the test and all that is up',
    async (_, key) => {
      const slow = `${USES} test('slow', async ({ file }) => {
      const { log } = require('./events');
      log('slow');
      try { await require('jest-loop').sleep(60_000); } finally { log('ended'); }
    });`;
      await watchJest(
        { 'jest.config.js': CONFIG, 'fixtures.js': FIXTURES_JS, 'a.test.js': slow, 'b.test.js': USES },
        args,
        async ({ press, logged, log, exited, output }) => {
          await logged('slow');
          press(key);
          expect(await exited).toBe(130);
          const found = counts(log());
          expect(found.ended).toBe(1);
          for (const scope of ['session', 'worker', 'directory', 'file'])
            expect([scope, found[`${scope} down`]]).toEqual([scope, found[`${scope} up`]]);
          expect(found['session up']).toBe(1);
          expect(output()).toContain('1 skipped');
        },
      );
    },
  );

  fullTest('a second Ctrl-C ends at once; between runs the first one does', async () => {
    const stuck = "test('stuck', async ({ stuck }) => { require('./events').log('in the test'); });";
    const setup = (teardown: string): string => `
      const { log } = require('./events');
      fixture('stuck', { scope: 'session', timeout: Infinity }, async function* () { yield 1; ${teardown} });`;
    const files = { 'jest.config.js': CONFIG, 'a.test.js': stuck, 'b.test.js': stuck };
    const forever =
      "log('stays up'); await new Promise(resolve => setTimeout(resolve, 60_000)); log('never');";
    await watchJest(
      { ...files, 'fixtures.js': setup(forever) },
      args,
      async ({ press, logged, log, exited }) => {
        await logged('stays up');
        press('\u0003');
        press('\u0003');
        expect(await exited).toBe(130);
        expect(log()).not.toContain('never');
      },
    );
    await watchJest({ ...files, 'fixtures.js': setup('') }, args, async ({ press, ran, exited }) => {
      await ran(1);
      press('\u0003');
      expect(await exited).toBe(0);
    });
  });

  fullTest('a failing teardown fails its own run alone', async () => {
    const setup = (teardown: string): string =>
      `fixture('session', { scope: 'session' }, async function* () { yield 1; ${teardown} });`;
    await watchJest(
      {
        'jest.config.js': CONFIG,
        'fixtures.js': setup("throw new Error('left open');"),
        'a.test.js': "test('a', ({ session }) => {});",
        'b.test.js': "test('b', () => {});",
      },
      args,
      async ({ ran, write, output, quit }) => {
        await ran(1);
        expect(output()).toContain('Fixture "session" (scope "session") failed in its teardown: left open');
        const before = output().length;
        write('fixtures.js', setup(''));
        await ran(2);
        expect(output().slice(before)).not.toContain('left open');
        expect(output().slice(before)).toContain('2 passed, 2 total');
        await quit();
      },
    );
  });
});

describe.each(KINDS)('--watch, %s', (_kind, args) => {
  test('a change of jest.fixtures or of what it imports reruns the tests that see it', async () => {
    const tells = (version: string): string => `
      const { made } = require('../make');
      const { logged } = require('../events');
      fixture('session', { scope: 'session' }, logged('session ${version}'));
      fixture('worker', { scope: 'worker' }, async function* ({ session }) { yield* logged('worker ${version}')(); });
      fixture('made', ({ worker }) => made + ' ${version}');`;
    const uses = (name: string): string =>
      `test('uses', ({ made, session }) => { require('${name}/events').log('${name} ' + made + ' by ' + session); });`;
    const up = (version: string, made: string): Record<string, number> => ({
      [`session ${version} up`]: 1,
      [`session ${version} down`]: 1,
      [`worker ${version} up`]: 1,
      [`worker ${version} down`]: 1,
      [`.. ${made} ${version} by session ${version}`]: 1,
      [`../.. ${made} ${version} by session ${version}`]: 1,
    });
    await watchJest(
      {
        '.gitignore': '.cache',
        'jest.config.js': "module.exports = { preset: 'jest-loop', cacheDirectory: '<rootDir>/.cache' };",
        'make.js': "exports.made = 'first';",
        'a/jest.fixtures.js': tells('one'),
        'a/a.test.js': uses('..'),
        'a/inner/b.test.js': uses('../..'),
        'c.test.js': "test('does not see it', () => { require('./events').log('never'); });",
      },
      args,
      async ({ ran, write, log, output, quit }) => {
        let known = 0;
        const since = (): Record<string, number> => {
          const all = log();
          const found = counts(all.slice(known));
          known = all.length;
          // One for each worker that had a file.
          for (const event of Object.keys(found)) if (event.startsWith('worker ')) found[event] = 1;
          return found;
        };
        await ran(1);
        expect(output()).toContain('No tests found related to files changed since last commit');
        write('a/jest.fixtures.js', tells('two'));
        await ran(2);
        expect(since()).toEqual(up('two', 'first'));
        write('make.js', "exports.made = 'second';");
        await ran(3);
        expect(since()).toEqual(up('two', 'second'));
        write('a/jest.fixtures.js', tells('three'));
        await ran(4);
        expect(since()).toEqual(up('three', 'second'));
        expect(output()).not.toContain('●');
        expect(await quit()).toBe(0);
        expect(since()).toEqual({});
      },
      { changed: true },
    );
  });
});

describe('workerIdleMemoryLimit', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const files = Object.fromEntries(names.map(name => [`${name}.test.js`, USES]));

  const LIMITS = [
    // Less than any worker has: each is replaced after each file.
    ['each worker is replaced after each file', '1KB', names.length],
    ['none is', '4GB', 2],
  ] as const;
  fullTest.each(LIMITS)('%s: what came up in it went down, once', (_, limit, most) => {
    const { report, log, left } = runLogged(
      { 'jest.config.js': CONFIG, ...LISTED, ...files },
      { args: ['--maxWorkers=2', `--workerIdleMemoryLimit=${limit}`] },
    );
    expect(report.output).not.toContain('●');
    expect(report.code).toBe(0);
    const found = counts(log);
    if (limit === '1KB') expect(found['worker up']).toBe(most);
    else expect(found['worker up']).toBeLessThanOrEqual(most);
    expect(found).toEqual({
      'session up': 1,
      'session down': 1,
      'worker up': found['worker up'],
      'worker down': found['worker up'],
      'directory up': found['worker up'],
      'directory down': found['worker up'],
      'file up': names.length,
      'file down': names.length,
    });
    expect(log.at(-1)).toBe('session down');
    expect(left).toEqual([]);
  });

  fullTest('what a replaced worker has begun is run again, and nothing is skipped', () => {
    const { report } = runLogged(
      {
        ...Object.fromEntries(
          names.map(name => [
            `${name}.test.js`,
            "test('waits', async ({ request }) => { await new Promise(resolve => setTimeout(resolve, 100)); }); test('next', () => {});",
          ]),
        ),
      },
      { args: ['--maxWorkers=2', '--workerIdleMemoryLimit=1KB'] },
    );
    expect(report.code).toBe(0);
    const statuses = Object.values(report.files).flatMap(({ tests }) => tests.map(({ status }) => status));
    expect(statuses).toEqual(new Array(2 * names.length).fill('passed'));
  });

  fullTest('in band nothing is replaced', () => {
    const { report, log } = runLogged(
      { 'jest.config.js': CONFIG, ...LISTED, ...files },
      { args: ['-i', '--workerIdleMemoryLimit=1KB'] },
    );
    expect(report.code).toBe(0);
    expect(counts(log)).toMatchObject({
      'session up': 1,
      'worker up': 1,
      'directory up': 1,
      'file up': names.length,
    });
  });

  test('a teardown that takes longer than Jest would give the worker is awaited', () => {
    const { report, log } = settled(() =>
      runLogged(
        {
          'jest.config.js': CONFIG,
          'fixtures.js':
            "fixture('slow', { scope: 'worker' }, require('./events').logged('slow', 1, 1200)); fixture('main', { scope: 'session' }, require('./events').logged('main'));",
          'a.test.js': "test('a', ({ slow, main }) => {});",
          'b.test.js': "test('b', ({ slow, main }) => {});",
          'c.test.js': "test('c', ({ slow, main }) => {});",
        },
        { args: ['--maxWorkers=2', '--workerIdleMemoryLimit=1KB'], impatient: true },
      ),
    );
    expect(report.output).not.toContain('●');
    expect(lingers(report.output)).toBe(false);
    expect(counts(log)).toEqual({ 'slow up': 3, 'slow down': 3, 'main up': 1, 'main down': 1 });
  });

  fullTest('a teardown that fails there is reported, once for each', () => {
    const { report } = runLogged(
      {
        'jest.config.js': CONFIG,
        'fixtures.js':
          "fixture('bad', { scope: 'worker' }, async function* () { yield 1; throw new Error('still in use'); });",
        'a.test.js': "test('a', ({ bad }) => {});",
        'b.test.js': "test('b', ({ bad }) => {});",
        'c.test.js': "test('c', ({ bad }) => {});",
      },
      { args: ['--maxWorkers=2', '--workerIdleMemoryLimit=1KB'] },
    );
    expect(report.code).toBe(1);
    const error = 'Fixture "bad" (scope "worker") failed in its teardown: still in use';
    expect(
      report.output.split(`● Test suite failed to run`).filter(block => block.includes(error)),
    ).toHaveLength(3);
  });
});

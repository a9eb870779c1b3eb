import { fullTest, sizedTo } from '../sizes';
import { KINDS } from './kinds';
import { counts, runLogged } from './logged';
import { keepJest } from './run-jest';

keepJest();

/*
 * What outlives test files behaves as what lives in them: a project's settings hold for it, what it leaves undone and
 * what fails in the background is reported, and nothing of it exists before the first request.
 */
const config = (loop: object = {}): string =>
  `module.exports = { preset: 'jest-loop', setupFilesAfterEnv: ['./fixtures.js'], testEnvironmentOptions: { loop: ${JSON.stringify(loop)} } };`;
const errorsOf = ({ files }: ReturnType<typeof runLogged>['report']): string[] =>
  Object.values(files).flatMap(({ tests }) => tests.flatMap(({ messages }) => messages));

describe.each(KINDS)('%s', (_kind, args, workers) => {
  test('options decide in which Loop fixtures run, whether they get one without a request, and whether places are recorded', () => {
    const { report, log } = runLogged(
      {
        'jest.config.js': config({ fixtureLoopScope: 'worker', autouse: false, debug: true }),
        'fixtures.js': `const { getRunningLoop } = require('jest-loop');
          const unasked = () => { try { return getRunningLoop().name; } catch { return 'none'; } };
          fixture('ofWorker', { scope: 'worker' }, ({ eventLoop, loopDebug }) => ({ eventLoop, loopDebug }));
          fixture('ofDirectory', { scope: 'directory' }, ({ eventLoop }) => ({ eventLoop }));
          for (const scope of ['directory', 'worker']) fixture('unasked ' + scope, { scope }, unasked);
          fixture('settings', { scope: 'session', loopScope: 'session' }, ({ eventLoop, loopDebug }) => [eventLoop.name, eventLoop.debug, loopDebug]);`,
        ...Object.fromEntries(
          ['a', 'b'].map(name => [
            `${name}.test.js`,
            `test('${name}', async ({ request, ofWorker, ofDirectory }) => {
              expect(ofDirectory.eventLoop).toBe(ofWorker.eventLoop);
              expect([ofWorker.eventLoop.name, ofWorker.eventLoop.debug, ofWorker.loopDebug]).toEqual(['worker loop', true, true]);
              for (const scope of ['directory', 'worker'])
                expect(await request.get('unasked ' + scope)).toBe('none');
            });
            test('${name} in the main process', ({ settings }) => { expect(settings).toEqual(['session loop', true, true]); });`,
          ]),
        ),
      },
      { args },
    );
    expect({ errors: errorsOf(report), log, code: report.code }).toEqual({ errors: [], log: [], code: 0 });
  });

  test('expect is there, and holds; the rest of Jest is not, and says so', () => {
    const { report } = runLogged(
      {
        'jest.config.js': config(),
        'fixtures.js': `const imported = require('@jest/globals');
          const ours = require('jest-loop');
          const even = n => ({ pass: n % 2 === 0, message: () => n + ' is odd' });
          beforeEach(() => {});
          jest.setTimeout(5000);
          expect.extend({ toBeEven: even });
          fixture('inMain', { scope: 'session' }, () => { expect('global').toBe('other'); });
          fixture('inWorker', { scope: 'worker' }, () => { imported.expect({ a: 1 }).toEqual({ a: 2 }); });
          fixture('inDirectory', { scope: 'directory' }, async () => { await ours.expect(Promise.resolve(3)).resolves.toBeEven(); });
          fixture('holds', { scope: 'worker' }, async () => {
            expect(2).toBeEven();
            expect(globalThis.jest).toBe(undefined);
            return 'held';
          });
          fixture('mocks', { scope: 'session' }, () => imported.jest.fn());
          fixture('hooks', { scope: 'worker' }, () => ours.afterAll(() => {}));
          fixture('declares', { scope: 'worker' }, () => ours.fixture('late', 1));`,
        'a.test.js': `${['inMain', 'inWorker', 'inDirectory', 'mocks', 'hooks', 'declares']
          .map(name => `test('${name}', ({ ${name} }) => {});`)
          .join('\n')}
          test('holds', ({ holds }) => { expect(holds).toBe('held'); });`,
      },
      { args },
    );
    const [file] = Object.values(report.files);
    const found = file!.tests.map(({ name, messages: [text] }) => [name, text?.split('\n')[0] ?? 'passed']);
    const outside =
      '() was called in a fixture of scope "directory", "worker" or "session": it lives outside the test files, where Jest has no mocks, no fake timers, no tests and no hooks.';
    expect(found).toEqual([
      ['inMain', 'expect(received).toBe(expected) // Object.is equality'],
      ['inWorker', 'expect(received).toEqual(expected) // deep equality'],
      ['inDirectory', '3 is odd'],
      ['mocks', `jest.fn${outside}`],
      ['hooks', `afterAll${outside}`],
      ['declares', expect.stringContaining('"late"')],
      ['holds', 'passed'],
    ]);
    // Each with the line in which it is.
    const lines = [...report.output.matchAll(/^ +> +(\d+) \|/gm)].map(([, line]) => Number(line));
    expect(lines).toEqual([7, 8, 9, 15, 16, 17]);
  });

  fullTest(
    'a setup file may use its test in every form; outside it does nothing, in the body of a fixture it is an error',
    () => {
      const { report, log } = runLogged(
        {
          'jest.config.js': config(),
          'fixtures.js': `const { log } = require('./events');
          const ours = require('jest-loop');
          const extended = ours.test.extend({ wide: [async ({}, use) => use('up'), { scope: 'worker' }] });
          globalThis.extended = extended;
          extended.beforeEach(({ wide }) => log('hook ' + wide));
          ours.test.afterAll(() => {});
          test.skip('skipped', () => {});
          test.each([[1]])('of a table %i', (n, { wider }) => expect(wider).toBe(n));
          test.useFixtures('wider')('marked', () => {});
          it.failing('fails', () => { throw new Error('as it should'); });
          test.todo('to do');
          fixture('wider', { scope: 'session' }, () => 1);
          const bodies = [
            () => ours.test('late', () => {}),
            () => ours.it.only('late', () => {}),
            () => ours.test.each([[1]])('late', () => {}),
            () => extended('late', () => {}),
            () => extended.beforeEach(() => {}),
            () => ours.test.todo('late'),
          ];
          bodies.forEach((body, nth) => fixture('late' + nth, { scope: 'worker' }, body));`,
          'a.test.js': `for (let nth = 0; nth < 6; nth++) test('late' + nth, async ({ request }) => { await request.get('late' + nth); });
          extended('uses', ({ wide }) => expect(wide).toBe('up'));`,
        },
        { args },
      );
      const [file] = Object.values(report.files);
      const found = file!.tests.map(({ name, status, messages: [text] }) => [
        name,
        text?.split(' ')[0] ?? status,
      ]);
      expect(found).toEqual([
        ['skipped', 'pending'],
        ['of a table 1', 'passed'],
        ['marked', 'passed'],
        ['fails', 'passed'],
        ['to do', 'todo'],
        ['late0', 'test()'],
        ['late1', 'test.only()'],
        ['late2', 'test.each()'],
        ['late3', 'test()'],
        ['late4', 'beforeEach()'],
        ['late5', 'test.todo()'],
        ['uses', 'passed'],
      ]);
      // Each with the line of the call.
      const lines = [...report.output.matchAll(/^ +> +(\d+) \|/gm)].map(([, line]) => Number(line));
      expect(lines).toEqual([14, 15, 16, 17, 18, 19]);
      expect(new Set(log)).toEqual(new Set(['hook up']));
    },
  );

  fullTest(
    'what a fixture puts into an AsyncLocalStorage is seen by its dependants, in the main process too',
    () => {
      const { report, log } = runLogged(
        {
          'jest.config.js': config(),
          'fixtures.js': `const { AsyncLocalStorage } = require('node:async_hooks');
          const { log } = require('./events');
          for (const scope of ['session', 'worker', 'directory']) {
            const storage = new AsyncLocalStorage();
            const name = text => text + ' ' + scope;
            fixture(name('enters'), { scope }, async function* () {
              await null;
              storage.enterWith(name('entered'));
              yield 1;
              log('teardown: ' + storage.getStore());
            });
            fixture(name('sees'), { scope, deps: [name('enters')] }, async () => String(storage.getStore()));
          }`,
          'a.test.js': `for (const scope of ['session', 'worker', 'directory'])
          test(scope, async ({ request }) => { expect(await request.get('sees ' + scope)).toBe('entered ' + scope); });`,
          'b.test.js': "test('passes', () => {});",
        },
        { args },
      );
      expect(errorsOf(report)).toEqual([]);
      expect(log).toEqual(['directory', 'worker', 'session'].map(scope => `teardown: entered ${scope}`));
    },
  );

  fullTest('the overrides of an extended test reach its own wide fixtures, and no others', () => {
    const { report } = runLogged(
      {
        'jest.config.js': config(),
        'fixtures.js': `const { test } = require('jest-loop');
          fixture('session', { scope: 'session' }, 'plain').fixture('colour', { scope: 'worker' }, ({ session }) => [session, 'red']);
          fixture('paint', { scope: 'worker' }, ({ colour }) => colour.join());
          exports.test = test.extend({
            session: [({}, use) => use('extended'), { scope: 'session' }],
            colour: [({ session }, use) => use([session, 'blue']), { scope: 'worker' }],
            paint: [({ colour }, use) => use('bright ' + colour.join()), { scope: 'worker' }],
            far: [({ session }, use) => use('far ' + session), { scope: 'session' }],
          });`,
        ...Object.fromEntries(
          ['a', 'b'].map(name => [
            `${name}.test.js`,
            `test('plain ${name}', ({ paint }) => { expect(paint).toBe('plain,red'); });
            require('./fixtures').test('${name}', ({ paint, far }) => {
              expect([paint, far]).toEqual(['bright extended,blue', 'far extended']);
            });
            test('again ${name}', ({ paint }) => { expect(paint).toBe('plain,red'); });`,
          ]),
        ),
      },
      { args },
    );
    expect({ errors: errorsOf(report), code: report.code }).toEqual({ errors: [], code: 0 });
  });

  fullTest('what a setup file declares for directories lives in that of the fixture which needs it', () => {
    const { report, log } = runLogged(
      {
        'jest.config.js': config(),
        'fixtures.js': `const { log } = require('./events');
          let number = 0;
          fixture('own', { scope: 'directory' }, async function* () {
            const name = 'own ' + ++number;
            log(name + ' up');
            yield name;
            log(name + ' down');
          });`,
        'a/jest.fixtures.js': `const { logged } = require('../events');
          fixture('outer', { scope: 'directory' }, async function* ({ own }) { yield* logged('outer on ' + own, own)(); });`,
        'a/b/c.test.js':
          "test('c', ({ outer, own }) => { expect([outer, own]).toEqual(['own 1', 'own 2']); });",
      },
      { args },
    );
    expect(errorsOf(report)).toEqual([]);
    expect(log).toEqual([
      'own 1 up',
      'outer on own 1 up',
      'own 2 up',
      'own 2 down',
      'outer on own 1 down',
      'own 1 down',
    ]);
  });

  test.each(sizedTo(1, ['worker', 'directory', 'session']))(
    'scope %s: what fails behind the back of a fixture fails the run, and all goes down',
    scope => {
      const { report, log, left } = runLogged(
        {
          'jest.config.js': config(),
          'fixtures.js': `const { logged } = require('./events');
            fixture('broken', { scope: '${scope}' }, async function* () {
              setTimeout(() => { throw new RangeError('behind the back'); }, 20);
              void Promise.reject(new TypeError('unseen'));
              yield* logged('broken')();
            });`,
          'a.test.js': `test('a', async ({ request }) => {
            await request.get('broken');
            await new Promise(resolve => setTimeout(resolve, 150));
          });`,
          'b.test.js': "test('b', () => new Promise(resolve => setTimeout(resolve, 300)));",
        },
        { args },
      );
      expect(report.code).toBe(1);
      for (const text of ['behind the back', 'unseen']) expect(report.output).toContain(text);
      expect(log).toEqual(['broken up', 'broken down']);
      expect(report.files['b.test.js']!.tests.map(({ status }) => status)).toEqual(['passed']);
      expect(left).toEqual([]);
    },
  );

  test.each(sizedTo(1, ['directory', 'worker']))(
    'what a test starts in the Loop of its %s ends with its file, and not before',
    scope => {
      const { report, log } = runLogged(
        {
          'jest.config.js': config(),
          'fixtures.js': `const { log } = require('./events');
            fixture('ticks', { scope: '${scope}' }, async function* () {
              const ticks = { count: 0 };
              yield ticks;
              const before = ticks.count;
              await new Promise(resolve => setTimeout(resolve, 60));
              log(before > 0 && ticks.count === before ? 'it has ended' : before + ' ' + ticks.count);
            });`,
          ...Object.fromEntries(
            ['a', 'b'].map(name => [
              `${name}.test.js`,
              `test('starts', { loopScope: '${scope}' }, ({ ticks, eventLoop }) => {
                const tick = () => { ticks.count++; eventLoop.callLater(5, tick); };
                tick();
              });
              test('has it still', async ({ ticks }) => {
                const before = ticks.count;
                while (ticks.count === before) await new Promise(resolve => setTimeout(resolve, 5));
              });`,
            ]),
          ),
        },
        { args },
      );
      expect(errorsOf(report)).toEqual([]);
      expect(log).toEqual(Array(workers).fill('it has ended'));
    },
  );

  const SOCKETS = [
    ['narrow', 'file', 0],
    ['of a session', 'session', workers - 1],
    ['of a directory', 'directory', workers - 1],
  ] as const;
  test.each(sizedTo(1, SOCKETS))(
    'a socket is there only with workers whose fixtures outlive a file: one that is %s',
    (_, scope, sockets) => {
      const { report, log } = runLogged(
        {
          'jest.config.js': config(),
          'fixtures.js': `fixture('own', { scope: '${scope}' }, 1);`,
          ...Object.fromEntries(
            ['a', 'b'].map(name => [
              `${name}.test.js`,
              `test('${name}', ({ own }) => {
              const found = require('node:fs').readdirSync(require('node:os').tmpdir());
              require('./events').log(String(found.filter(each => /^jest-loop-/.test(each)).length));
            });`,
            ]),
          ),
        },
        { args },
      );
      expect({ errors: errorsOf(report), log }).toEqual({ errors: [], log: Array(2).fill(String(sockets)) });
    },
  );
});

fullTest('a reporter that throws: what lives in the workers has its time all the same', () => {
  const { log, left } = runLogged(
    {
      'jest.config.js':
        "module.exports = { preset: 'jest-loop', setupFilesAfterEnv: ['./fixtures.js'], reporters: ['./thrower.js'] };",
      'thrower.js':
        "module.exports = class { onTestFileResult() { throw new Error('a reporter failed'); } };",
      'fixtures.js': `const { logged } = require('./events');
        fixture('session', { scope: 'session' }, logged('session'));
        fixture('slow', { scope: 'worker' }, logged('slow', 1, 1500));`,
      'a.test.js': `test('a', async ({ session, slow }) => {
        while (require('node:fs').readFileSync(process.env.LOG, 'utf8').split('slow up').length < 3)
          await new Promise(resolve => setTimeout(resolve, 20));
      });`,
      'b.test.js':
        "test('b', async ({ session, slow }) => { await require('jest-loop').sleep(20_000); }, 30_000);",
    },
    { args: ['--maxWorkers=2', '--workerIdleMemoryLimit=2GB'] },
  );
  expect(counts(log)).toEqual({ 'session up': 1, 'slow up': 2, 'slow down': 2, 'session down': 1 });
  expect(log.at(-1)).toBe('session down');
  expect(left).toEqual([]);
});

import { fullDescribe, fullTest, sizedTo } from '../sizes';
import { KINDS } from './kinds';
import { counts, FIXTURES_JS, runLogged, USES } from './logged';
import { keepJest } from './run-jest';
import { lingers, settled } from './settled';

keepJest();

/*
 * Projects where the preset's runner is not there: beside another preset, or with a runner of their own. `withSession`
 * puts back what the preset brings.
 */
const FILES = { 'fixtures.js': FIXTURES_JS, 'a.test.js': USES, 'b.test.js': USES, 'c.test.js': USES };
const config = (more: string): string =>
  `module.exports = { testEnvironment: 'jest-loop/environment', setupFilesAfterEnv: ['jest-loop/setup', './fixtures.js'], ${more} };`;
const SETS_UP = `
  const { log } = require('./events');
  const { withSession } = require('jest-loop/global-setup');
  module.exports = withSession(async ({ rootDir }, { id }) => {
    await null;
    process.env.FROM_SETUP = 'set';
    log('setup ' + [typeof rootDir, typeof id]);
  });`;
const TEARS_DOWN = `
  const { withSession } = require('jest-loop/global-teardown');
  module.exports = withSession(async ({ rootDir }) => { await null; require('./events').log('teardown ' + typeof rootDir); });`;

/** Session once, the rest once per worker that ran a file, each down again, the session after all. */
function expectPaired(log: readonly string[], workers: number): void {
  const found = counts(log);
  expect(found['session up']).toBe(1);
  expect(found['session down']).toBe(1);
  for (const scope of ['worker', 'directory']) {
    expect(found[`${scope} up`]).toBeLessThanOrEqual(workers);
    expect(found[`${scope} up`]).toBeGreaterThan(0);
    expect(found[`${scope} down`]).toBe(found[`${scope} up`]);
  }
  expect(found['file down']).toBe(3);
  const last = log.findLast(event => event !== 'session down' && / (up|down)$/.test(event))!;
  expect(log.indexOf('session down')).toBeGreaterThan(log.lastIndexOf(last));
}

describe.each(KINDS)('%s', (_kind, args, workers) => {
  fullTest("beside the preset of ts-jest, with the project's own setup and teardown", () => {
    const { report, log, left } = runLogged(
      {
        ...FILES,
        'jest.config.js': config(
          "preset: 'ts-jest', globalSetup: './setup.js', globalTeardown: './teardown.js'",
        ),
        'tsconfig.json':
          '{ "compilerOptions": { "module": "commonjs", "target": "es2022", "types": ["node"] } }',
        'setup.js': SETS_UP,
        'teardown.js': TEARS_DOWN,
        'typed/jest.fixtures.ts':
          "declare const fixture: any; const set: string | undefined = process.env.FROM_SETUP; fixture('typed', { scope: 'session' }, () => [set]);",
        'typed/d.test.ts': `declare const test: any, expect: any;
          test('typed', ({ typed }: { typed: string[] }) => { expect(typed).toEqual(['set']); expect(process.env.FROM_SETUP).toBe('set'); });`,
      },
      { args },
    );
    expect(report.output).not.toContain('●');
    expect(report.code).toBe(0);
    expect(Object.keys(report.files)).toHaveLength(4);
    expectPaired(log, workers);
    expect(log[0]).toBe('setup string,string');
    expect(log.at(-1)).toBe('teardown string');
    expect(left).toEqual([]);
  });

  test('named as it is', () => {
    const { report, log, left } = runLogged(
      {
        ...FILES,
        'jest.config.js': config(
          "globalSetup: 'jest-loop/global-setup', globalTeardown: 'jest-loop/global-teardown'",
        ),
      },
      { args },
    );
    expect(report.code).toBe(0);
    expectPaired(log, workers);
    expect(left).toEqual([]);
  });

  const RUNNERS = [
    ['CommonJS', 'own-runner.js', "module.exports = class extends require('jest-runner').default {};"],
    [
      'an ES module',
      'own-runner.mjs',
      "import TestRunner from 'jest-runner'; export default class extends TestRunner {}",
    ],
  ] as const;
  fullTest.each(RUNNERS)(
    "a runner that extends Jest's, as %s, beside the preset",
    (_form, runner, source) => {
      const files = {
        ...FILES,
        [runner]: source,
        'jest.config.js': `module.exports = { preset: 'jest-loop', runner: './${runner}', setupFilesAfterEnv: ['./fixtures.js'], globalSetup: 'jest-loop/global-setup' };`,
      };
      const { report, log, left } = runLogged(files, { args });
      expect(report.output).not.toContain('●');
      expect(report.code).toBe(0);
      expectPaired(log, workers);
      expect(left).toEqual([]);
    },
  );

  fullTest("with the preset's own runner it does nothing but call the setup", () => {
    const { report, log } = runLogged(
      {
        ...FILES,
        'setup.js': SETS_UP,
        'jest.config.js':
          "module.exports = { preset: 'jest-loop', setupFilesAfterEnv: ['./fixtures.js'], globalSetup: './setup.js' };",
      },
      { args },
    );
    expect(report.code).toBe(0);
    expectPaired(log, workers);
    expect(log[0]).toBe('setup string,string');
  });

  test('also when the run bails out', () => {
    const fails = `${USES} test('fails', () => { throw new Error('bad'); });`;
    const { report, log, left } = runLogged(
      {
        ...FILES,
        'a.test.js': fails,
        'b.test.js': fails,
        'c.test.js': fails,
        'jest.config.js':
          "module.exports = { preset: 'jest-loop', setupFilesAfterEnv: ['./fixtures.js'], globalSetup: 'jest-loop/global-setup' };",
      },
      { args: [...args, '--bail'], ownProcess: true, timeout: 30_000 },
    );
    expect(report.code).toBe(1);
    expect(report.output).toContain('fails');
    const found = counts(log);
    for (const scope of ['session', 'worker', 'directory', 'file'])
      expect([scope, found[`${scope} down`]]).toEqual([scope, found[`${scope} up`]]);
    expect(left).toEqual([]);
  });

  const FIRST = [
    [
      'ours',
      config("globalSetup: 'jest-loop/global-setup'").replace('./fixtures.js', '<rootDir>/../fixtures.js'),
    ],
    ["Jest's own", 'module.exports = {};'],
  ] as const;
  fullTest.each(FIRST)('a bail that counts failures of another runner, %s', (_whose, first) => {
    const { report, log, left } = runLogged(
      {
        'jest.config.js':
          "module.exports = { bail: 2, projects: ['<rootDir>/a', '<rootDir>/b'], testSequencer: '<rootDir>/sequencer.js' };",
        'sequencer.js': `
          const { default: Sequencer } = require('@jest/test-sequencer');
          module.exports = class extends Sequencer { sort(tests) { return [...tests].sort((a, b) => (a.path < b.path ? -1 : 1)); } };`,
        'fixtures.js': FIXTURES_JS,
        'a/jest.config.js': first,
        'a/a.test.js': "test('fails first', () => { throw new Error('bad'); });",
        'b/jest.config.js':
          "module.exports = { preset: 'jest-loop', setupFilesAfterEnv: ['<rootDir>/../fixtures.js'] };",
        'b/a.test.js': `${USES} test('fails', () => { throw new Error('bad'); });`,
        'b/b.test.js': USES,
        'b/c.test.js': USES,
      },
      { args, ownProcess: true, timeout: 30_000 },
    );
    expect(report.code).toBe(1);
    const found = counts(log);
    expect(found['session up']).toBe(1);
    for (const scope of ['session', 'worker', 'directory', 'file'])
      expect([scope, found[`${scope} down`]]).toEqual([scope, found[`${scope} up`]]);
    expect(left).toEqual([]);
  });

  fullTest('a teardown that takes longer than Jest gives a worker, and one that fails', () => {
    const { report, log, left } = settled(() =>
      runLogged(
        {
          'jest.config.js': config("globalSetup: 'jest-loop/global-setup'"),
          'fixtures.js': `
          const { logged } = require('./events');
          fixture('slow', { scope: 'worker' }, logged('slow', 1, 1200));
          fixture('fails', { scope: 'session' }, async function* () { yield 1; throw new Error('not to be closed'); });`,
          'a.test.js': "test('a', ({ slow, fails }) => {});",
          'b.test.js': "test('b', ({ slow }) => {});",
        },
        { args, impatient: true },
      ),
    );
    expect(report.code).toBe(1);
    expect(report.output).toContain(
      'Fixture "fails" (scope "session") failed in its teardown: not to be closed',
    );
    expect(report.output).toContain('"fails" is declared at fixtures.js:4');
    const found = counts(log);
    expect(found['slow up']).toBeGreaterThan(0);
    expect(found['slow down']).toBe(found['slow up']);
    expect(lingers(report.output)).toBe(false);
    expect(left).toEqual([]);
  });

  test('without it a fixture of scope session is an error that says so, and the others work', () => {
    const { report, log } = runLogged(
      {
        'jest.config.js': config(''),
        'fixtures.js': `const { logged } = require('./events');
          fixture('pool', { scope: 'session' }, 1);
          fixture('lone', { scope: 'worker' }, logged('lone'));
          fixture('connection', { scope: 'worker' }, ({ pool }) => pool);`,
        'a.test.js':
          "test('direct', ({ pool }) => {}); test('through a worker', ({ connection }) => {}); test('alone', ({ lone }) => {});",
        'b.test.js': "test('elsewhere', ({ pool }) => {});",
      },
      { args, ownProcess: true },
    );
    expect(report.code).toBe(1);
    const [direct, through, alone] = report.files['a.test.js']!.tests;
    const lines = [
      'Fixture "pool" has scope "session", but jest-loop is not running in Jest\'s main process.',
      '  "pool" is declared at fixtures.js:2',
      "  The preset's `runner` starts it there; this project has its own runner or another preset.",
      "  To fix: name globalSetup: 'jest-loop/global-setup' in the configuration, or wrap the project's own: module.exports = withSession(setup), with withSession from there. A runner of its own has to extend Jest's.",
    ];
    expect(direct!.messages[0]!.split('\n')).toEqual(lines);
    expect(direct!.raw[0]).toContain('fixtures.js:2');
    expect(through!.messages[0]!.split('\n')[0]).toContain('Fixture "pool" has scope "session"');
    expect(report.files['b.test.js']!.tests[0]!.messages[0]).toContain('"pool"');
    expect(alone!.status).toBe('passed');
    expect(counts(log)).toEqual({ 'lone up': 1, 'lone down': 1 });
  });
});

const SETUPS = [
  ['setup.mjs', "import { withSession } from 'jest-loop/global-setup'; export default withSession(SETUP);"],
  ['setup.cjs', "module.exports = require('jest-loop/global-setup').withSession({ default: SETUP });"],
  ['setup.ts', "import { withSession } from 'jest-loop/global-setup'; export default withSession(SETUP);"],
] as const;
fullDescribe.each(SETUPS)('as %s', (name, source) => {
  test('it is found', () => {
    const setup = "() => { process.env.FROM_SETUP = 'set'; }";
    const { report } = runLogged(
      {
        'jest.config.js': `const { preset: _, ...preset } = { ...require('jest-loop/jest-preset'), runner: undefined };
          module.exports = { ...preset, runner: 'jest-runner', globalSetup: './${name}' };`,
        [name]: source.replace('SETUP', setup),
        'jest.fixtures.js': "fixture('session', { scope: 'session' }, () => process.env.FROM_SETUP);",
        'a.test.js': "test('a', ({ session }) => { expect(session).toBe('set'); });",
      },
      { args: ['-i'], transforms: true },
    );
    expect(report.output).not.toContain('●');
    expect(report.code).toBe(0);
  });
});

describe('a globalSetup that throws leaves nothing behind', () => {
  const THROWS = "async () => { await null; throw new Error('no database'); }";
  const WAYS = [
    ['through withSession', `require('jest-loop/global-setup').withSession(${THROWS})`],
    ['without withSession', THROWS],
  ];
  test.each(sizedTo(1, WAYS))('%s', (_, setup) => {
    const { report, log, left } = runLogged({
      ...FILES,
      'jest.config.js':
        "module.exports = { preset: 'jest-loop', setupFilesAfterEnv: ['./fixtures.js'], globalSetup: './setup.js' };",
      'setup.js': `module.exports = ${setup};`,
    });
    expect(report.code).toBe(1);
    expect(report.output).toContain('no database');
    expect(lingers(report.output)).toBe(false);
    expect([log, left]).toEqual([[], []]);
  });
});

test('what is given to withSession has to be a function', () => {
  const { report } = runLogged({
    'a.test.js': `test('a', () => {
      for (const kind of ['setup', 'teardown']) {
        let error;
        try { require('jest-loop/global-' + kind).withSession('./own'); } catch (caught) { error = caught; }
        expect([error.code, error.message]).toEqual(['ERR_OPTION_INVALID', expect.stringContaining(
          'Expected withSession() to get the function of a global ' + kind + ', got "./own"')]);
      }
    });`,
  });
  expect(report.output).not.toContain('●');
});

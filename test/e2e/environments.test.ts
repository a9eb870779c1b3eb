import { execFileSync } from 'node:child_process';
import { fullTest, sizedTo } from '../sizes';
import type { Report } from './report';
import { IN_BAND, keepJest, ROOT, runFiles, runManyFiles } from './run-jest';

keepJest();

const statuses = (report: Report, file: string): string[] =>
  (report.files[file]?.tests ?? []).map(({ name, status }) => `${status} ${name}`);
/** A project whose environment is made by this expression. */
const made = (expression: string): Readonly<Record<string, string>> => ({
  'jest.config.js': "module.exports = { preset: 'jest-loop', testEnvironment: '<rootDir>/env.js' };",
  'env.js': `const { withLoop } = require('jest-loop/environment'); module.exports = ${expression};`,
  'a.test.js':
    "fixture('db', 1); test('asks', ({ db }) => { expect([db, typeof window]).toEqual([1, W]); });".replace(
      'W',
      expression.includes('jsdom') ? "'object'" : "'undefined'",
    ),
});

const TAKEN: Readonly<Record<string, string>> = {
  'the module': "withLoop(require('jest-environment-jsdom'))",
  'its default': "withLoop(require('jest-environment-jsdom').default)",
  'its TestEnvironment': "withLoop(require('jest-environment-jsdom').TestEnvironment)",
  'the module as import * gives it': "withLoop({ default: require('jest-environment-jsdom') })",
  'a loop environment': "withLoop(withLoop(require('jest-environment-jsdom')))",
  'the own environment': "withLoop(require('jest-loop/environment'))",
  'a class that extends one': "withLoop(class extends withLoop(require('jest-environment-jsdom')) {})",
  'a namespace with the result': "{ default: withLoop(require('jest-environment-jsdom')), __esModule: true }",
};
const REFUSED: readonly (readonly [given: string, got: string, fix: string])[] = [
  ["'jsdom'", '"jsdom" (string)', 'withLoop(require("jest-environment-jsdom"))'],
  ['undefined', 'undefined', 'withLoop(require("jest-environment-jsdom"))'],
  ['() => {}', '[Function anonymous] (function)', 'withLoop(require("jest-environment-jsdom"))'],
  ['{ default: {} }', '{ default: {} } (object)', 'withLoop(require("jest-environment-jsdom"))'],
  ["import('jest-environment-jsdom')", 'Promise', 'await the import(), or use require()'],
];

describe('withLoop()', () => {
  let reports: Readonly<Record<string, Report>>;
  beforeAll(() => {
    const expressions = [...Object.values(TAKEN), ...REFUSED.map(([given]) => `withLoop(${given})`)];
    reports = runManyFiles(Object.fromEntries(expressions.map(each => [each, made(each)])), { args: ['-i'] });
  });

  test.each(Object.keys(TAKEN))('of %s', name => {
    const report = reports[TAKEN[name]!]!;
    expect(report.files['a.test.js']?.errors).toEqual([]);
    expect(statuses(report, 'a.test.js')).toEqual(['passed asks']);
  });

  test.each(REFUSED)('of %s says what it takes', (given, got, fix) => {
    const [error] = reports[`withLoop(${given})`]!.files['a.test.js']!.errors;
    expect(error).toContain(`Expected withLoop() to get a test environment class, got ${got}`);
    expect(error).toContain(fix);
  });
});

fullTest('an environment in TypeScript and one that is an ES module', () => {
  const files = {
    'env.ts': `
      import { withLoop } from 'jest-loop/environment';
      import JSDOMEnvironment from 'jest-environment-jsdom';
      export default class extends withLoop(JSDOMEnvironment) {
        override async setup(): Promise<void> { await super.setup(); this.global.document.title = 'typed'; }
      }`,
    'env.mjs': `
      import { TestEnvironment, withLoop } from 'jest-loop/environment';
      import JSDOMEnvironment from 'jest-environment-jsdom';
      if (withLoop(TestEnvironment) !== TestEnvironment) throw new Error('not the same');
      export default withLoop(JSDOMEnvironment);`,
    'a.test.js':
      "/** @jest-environment ./env.ts */\nfixture('db', 1); test('typed', ({ db }) => expect(document.title).toBe('typed'));",
    'b.test.js':
      "/** @jest-environment ./env.mjs */\nfixture('db', 1); test('module', ({ db }) => expect(document.title).toBe(''));",
  };
  const report = runFiles(files, { transforms: true });
  expect(report.output).not.toContain('failed to run');
  expect(statuses(report, 'a.test.js')).toEqual(['passed typed']);
  expect(statuses(report, 'b.test.js')).toEqual(['passed module']);
});

test('a handler of the base that rejects keeps no fixture from its teardown', () => {
  const report = runFiles({
    'jest.config.js': "module.exports = { preset: 'jest-loop', testEnvironment: '<rootDir>/env.js' };",
    'env.js': `
      const { TestEnvironment } = require('jest-environment-node');
      class Own extends TestEnvironment {
        async handleTestEvent({ name }) { if (name === 'run_finish') throw new Error('of the base'); }
      }
      module.exports = require('jest-loop/environment').withLoop(Own);`,
    'a.test.js': `
      fixture('db', { scope: 'file' }, async function* () { yield 1; process.stderr.write('torn down\\n'); });
      test('asks', ({ db }) => {});`,
  });
  expect(report.output).toContain('torn down');
  expect(report.output).toContain('of the base');
  expect(report.code).toBe(1);
});

test('what the entry point exports is found by name in ES modules', () => {
  const code =
    "import { TestEnvironment, withLoop } from 'jest-loop/environment'; import all from 'jest-loop/environment'; console.log(withLoop === all.withLoop, TestEnvironment === all, withLoop(all) === all);";
  const args = ['--input-type=module', '-e', code];
  expect(execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' }).trim()).toBe('true true true');
});

test('a file that Jest drops because one of its setupFiles throws is forgotten', () => {
  const runs = `test('runs', () => {
    const { runningFiles, interrupts } = globalThis[Symbol.for('jest-loop.process')].jest;
    expect([runningFiles, interrupts.size]).toEqual([1, 1]);
  });`;
  const report = runFiles(
    {
      'jest.config.js': "module.exports = { preset: 'jest-loop', setupFiles: ['<rootDir>/throws.js'] };",
      'throws.js': `
        const { existsSync, writeFileSync } = require('node:fs');
        const mark = __dirname + '/mark';
        if (!existsSync(mark)) {
          writeFileSync(mark, '');
          throw new Error('bad luck');
        }`,
      'a.test.js': runs,
      'b.test.js': runs,
    },
    { args: ['-i'] },
  );
  expect(report.output).toContain('bad luck');
  expect(report.output).toMatch(/Tests: +1 passed, 1 total/);
});

describe('fixtures, as an environment meets them', () => {
  const report = runFiles({
    'jest.config.js': "module.exports = { preset: 'jest-loop', testEnvironment: '<rootDir>/env.js' };",
    'env.js': `
      const { withLoop } = require('jest-loop/environment');
      const { TestEnvironment } = require('jest-environment-node');
      const look = (global, { name, test }) => {
        if (!/^test_(fn_success|fn_failure|done)$/.test(name)) return;
        (global.seen ??= []).push(test.name + ' ' + name + ': ' + (global.pages?.[test.name] ?? 'no page'));
      };
      class Base extends TestEnvironment {
        async handleTestEvent(event) { look(this.global, event); }
      }
      module.exports = class extends withLoop(Base) {
        async handleTestEvent(event, state) {
          await super.handleTestEvent(event, state);
          look(this.global, event);
          if (event.name === 'run_finish') console.log(this.global.seen.join('\\n'));
        }
      };`,
    'jest.fixtures.js': `
      globalThis.pages = {};
      fixture('page', async function* (_, { test: { name } }) {
        pages[name] = 'open';
        yield { fail() { throw new Error('of ' + name); } };
        pages[name] = 'closed';
      });`,
    'plain.test.js': `
      test('passes', ({ page }) => {});
      test('fails', ({ page }) => page.fail());
      test.failing('fails as it should', ({ page }) => page.fail());
      test('expires', ({ page }) => new Promise(() => {}), 20);
      test.concurrent('a concurrent one passes', async ({ page }) => {});
      test.concurrent('a concurrent one fails', async ({ page }) => page.fail());`,
    'hooks.test.js': `
      beforeEach(() => {});
      test('fails', ({ page }) => page.fail());`,
    'after-each.test.js': `
      afterEach(() => {});
      test('fails', ({ page }) => page.fail());`,
  });
  test.each([
    ['passes test_fn_success: open'],
    ['fails test_fn_failure: open'],
    ['fails as it should test_fn_success: open'],
    ['expires test_fn_failure: open'],
    ['a concurrent one passes test_fn_success: open'],
    ['a concurrent one fails test_fn_failure: open'],
  ])('%s', seen => {
    expect(report.output.split(seen)).not.toHaveLength(1);
    expect(report.output).not.toContain(seen.replace('open', 'closed'));
  });

  test('are open where a handler of a setup file looks', () => {
    const { output } = runFiles({
      'jest.config.js': "module.exports = { preset: 'jest-loop', setupFilesAfterEnv: ['./handler.js'] };",
      'handler.js': `
        const { addEventHandler } = require('jest-circus');
        let state = 'not up';
        fixture('page', async function* () { state = 'open'; yield; state = 'closed'; });
        addEventHandler(({ name }) => {
          if (/^test_(fn_success|done)$/.test(name)) console.log(name + ': ' + state);
        });`,
      'a.test.js': "test('uses it', ({ page }) => {});",
    });
    expect(output).toContain('test_fn_success: open');
    expect(output).toContain('test_done: closed');
  });

  test('are down when the test is done', () => {
    expect(report.output).not.toMatch(/ test_fn_\w+: (?!open)/);
    expect(report.output).toContain('fails test_done: closed');
    expect(report.output).toContain('a concurrent one fails test_done: closed');
  });
});

const HANDLERS = [
  ['test_fn_failure', 'throws', 'own'],
  ['test_done', 'rejects', 'base'],
  ['test_fn_failure', 'rejects', 'own'],
  ['run_describe_finish', 'throws', 'base'],
] as const;
test.each(sizedTo(1, HANDLERS))('at %s a handler %s (%s): what is up goes down', (name, how, whose) => {
  const fail =
    how === 'throws'
      ? `handleTestEvent(event, state) { if (event.name === '${name}') throw new Error('of the handler'); return super.handleTestEvent?.(event, state); }`
      : `async handleTestEvent(event, state) { await super.handleTestEvent?.(event, state); if (event.name === '${name}') throw new Error('of the handler'); }`;
  const report = runFiles({
    'jest.config.js': "module.exports = { preset: 'jest-loop', testEnvironment: '<rootDir>/env.js' };",
    'env.js':
      whose === 'own'
        ? `module.exports = class extends require('jest-loop/environment').TestEnvironment { ${fail} };`
        : `const { TestEnvironment } = require('jest-environment-node');
           module.exports = require('jest-loop/environment').withLoop(class extends TestEnvironment { ${fail} });`,
    'a.test.js': `
      const print = text => process.stderr.write(text + '\\n');
      fixture('server', { scope: 'file' }, async function* () { yield 1; print('server down'); throw new Error('of the teardown'); });
      fixture('page', async function* ({ server }) { yield 1; await null; print('page down'); });
      test('fails', ({ page }) => { throw new Error('own'); });`,
  });
  expect(report.code).toBe(1);
  expect(report.output).toContain('of the handler');
  expect(report.output).toMatch(/page down[\s\S]*server down/);
  expect(report.output.split('server down')).toHaveLength(2);
  expect(report.output).toContain('of the teardown');
});

describe('after a file of ours, in band', () => {
  const sequencer = `
    const { default: Sequencer } = require('@jest/test-sequencer');
    module.exports = class extends Sequencer { sort(tests) { return [...tests].sort((a, b) => (a.path < b.path ? -1 : 1)); } };`;
  const config = (more: string): string =>
    `module.exports = { preset: 'jest-loop', testSequencer: '<rootDir>/sequencer.js', ${more} };`;

  test('a file in a plain environment gets its own errors', () => {
    const { code, files, output } = runFiles(
      {
        'jest.config.js': config(''),
        'sequencer.js': sequencer,
        'a.test.js': "test('a', () => {});",
        'b.test.js': `/** @jest-environment node */
          const ms = time => new Promise(resolve => setTimeout(resolve, time));
          test('a timer', async () => { setTimeout(() => { throw new Error('thrown'); }, 1); await ms(20); });
          test('a rejection', async () => { Promise.reject(new Error('rejected')); await ms(10); });`,
      },
      { args: IN_BAND, ownProcess: true },
    );
    const failures = files['b.test.js']!.tests.map(({ status, messages }) => [status, messages[0]]);
    expect(failures).toEqual([
      ['failed', expect.stringContaining('thrown')],
      ['failed', expect.stringContaining('rejected')],
    ]);
    expect(output).not.toContain('after its file ended');
    expect(code).toBe(1);
  });

  test.each([
    ['a result', 'onTestResult'],
    ['the end of the run', 'onRunComplete'],
  ])('a rejection of a reporter at %s ends the process, as without us', (_, method) => {
    const { code, output } = runFiles(
      {
        'jest.config.js': config("reporters: ['default', './reporter.js']"),
        'sequencer.js': sequencer,
        'reporter.js': `module.exports = class {
          async ${method}() { Promise.reject(new Error('of the reporter')); await new Promise(setImmediate); }
        };`,
        'a.test.js': "test('a', () => {});",
        'b.test.js': "test('b', () => {});",
      },
      { args: IN_BAND, ownProcess: true },
    );
    expect(output).toContain('of the reporter');
    expect(output).toContain(`Node.js ${process.version}`);
    expect(output).not.toContain('after its file ended');
    expect(code).toBe(1);
  });
});

import * as fs from 'node:fs';
import * as path from 'node:path';
import { sizedTo } from '../sizes';
import { describeReport } from './describe-report';
import { keepJest, ROOT, type RunOptions, runFiles } from './run-jest';

keepJest();

/*
 * Switching the preset on changes no result of a suite that uses nothing of it: the same files, with plain
 * Jest and with the preset, give the same report.
 */
const projects = path.join(ROOT, 'test/projects');
const read = (file: string): string => fs.readFileSync(path.join(projects, file), 'utf8');

const plain = {
  'plain.test.js': read('forms/plain.test.js'),
  'retry.test.js': `
    jest.retryTimes(2, { logErrorsBeforeRetry: true });
    let tries = 0;
    test('third time', () => { expect(++tries).toBe(3); });
    test('never', () => { expect(1).toBe(2); });`,
  'hooks.test.js': `
    beforeAll(() => { throw new Error('beforeAll'); });
    test('one', () => {});
    describe('block', () => { afterEach(() => { throw new Error('afterEach'); }); test('two', () => {}); });`,
  'empty.test.js': '',
  'throws.test.js': "throw new Error('at load time');",
  'promise-describe.test.js': "describe('x', async () => { test('y', () => {}); });",
  'each.test.js': `
    test.each([[1, 2, 3], [4, 5]])('%i %i %p', (a, b, c) => { expect(a).toBeLessThan(b); });
    test.each([{ a: 1, b: { c: 2 } }])('$a $b.c', ({ a }) => { expect(a).toBe(1); });
    test.each([null, undefined, NaN])('%p %#', value => { expect(value).toBeFalsy(); });
    test.failing.each([[1]])('failing %i', n => { expect(n).toBe(2); });
    test.each([[1]])('done %i', (n, done) => { done(); });
    test.concurrent.each([[1], [2]])('concurrent %i', async n => { expect(n).toBe(n); });
    describe.each([[1]])('describe %i', n => { test('in it', () => { expect(n).toBe(1); }); });
    test.each\`a | b
      \${1} | \${2}\`('template $a $b', ({ a, b }) => { expect(a + b).toBe(3); });
    test.only.each([[7]])('only %i', () => {});`,
  'timers.test.js': `
    jest.useFakeTimers();
    test('async timers', async () => {
      const fn = jest.fn();
      setTimeout(fn, 1000);
      setInterval(fn, 400);
      await jest.advanceTimersByTimeAsync(1000);
      expect(fn).toHaveBeenCalledTimes(3);
      jest.useRealTimers();
      await new Promise(resolve => setTimeout(resolve, 1));
    });`,
  'location.test.js': `
    test('first', () => {});
    it.each([[1], [2]])('each %i', () => {});
    it.failing.each([
    ])('a table that Jest refuses', () => {});
    describe('block', () => { test.failing('failing', () => { throw new Error('x'); }); });`,
  'generators.test.js': `
    test('a generator', function* () { const a = yield Promise.resolve(1); expect(a).toBe(1); });
    const two = function* () { return 2; };
    beforeEach(function* () { yield two(); });
    test('a generator in a generator', function* () {
      expect(yield two()).toBe(2);
      expect(yield [two, { a: 1 }, done => done(null, 3)]).toEqual([2, { a: 1 }, 3]);
    });
    test('a generator of plain values', function* () {
      expect.assertions(1);
      try { yield 5; } catch (error) { expect(error.message).toMatch('You may only yield'); }
    });
    test('callback with a returned value', done => { done(); return 1; });
    test('done twice', done => { done(); done(); });`,
  'defaults.test.js': `
    const setup = ({ w } = { w: 1 }) => { expect(w).toBe(1); };
    beforeEach(setup);
    test('a parameter with a default', ({ a } = { a: 2 }) => { expect(a).toBe(2); });
    test.each([['a'], ['b', { strict: true }]])('row %s', (s, { strict } = {}) => { expect(strict).toBe(s === 'b' ? true : undefined); });`,
  'mocks.test.js': `
    test('a mock that takes done', jest.fn(done => { done(); }));
    beforeEach(jest.fn(done => done()));
    const impl = done => { done(); };
    test('a shell of the user', function (_a) { return impl.apply(this, arguments); });`,
  'context.test.js': `
    const { AsyncLocalStorage } = require('node:async_hooks');
    const [top, own] = [new AsyncLocalStorage(), new AsyncLocalStorage()];
    top.enterWith('top');
    const seen = () => top.getStore() + ' ' + own.getStore();
    beforeAll(() => { expect(seen()).toBe('top undefined'); });
    beforeEach(async () => { await null; expect(seen()).toBe('top undefined'); });
    afterEach(done => { setTimeout(() => { done(seen() === 'top undefined' ? undefined : seen()); }); });
    test('entered by the file', () => { expect(seen()).toBe('top undefined'); });
    test('run in the test', async () => {
      await own.run('own', async () => { await null; expect(seen()).toBe('top own'); });
      expect(seen()).toBe('top undefined');
    });
    test('entered in the test', async () => {
      own.enterWith('own');
      await null;
      expect(seen()).toBe('top own');
      own.enterWith(undefined);
    });
    test.concurrent('concurrent', async () => { expect(seen()).toBe('top undefined'); });`,
  'polluted.test.js': `
    Object.prototype.polluted = 1;
    test('a timer after a change of Object.prototype', async () => {
      await new Promise(resolve => setTimeout(resolve, 1));
    });`,
  'no-places.test.js': `
    const { captureStackTrace } = Error;
    delete Error.captureStackTrace;
    describe('without captureStackTrace', () => {
      beforeEach(() => {});
      test('one', async () => { await new Promise(resolve => setTimeout(resolve, 1)); });
      test.failing('two', () => { throw new Error('two'); });
      test.each([[1]])('each %i', n => { expect(n).toBe(1); });
      test.failing.each([[1]])('failing each %i', n => { expect(n).toBe(2); });
      test('mocked', async () => {
        Error.captureStackTrace = jest.fn(captureStackTrace);
        await new Promise(resolve => setTimeout(resolve, 5));
        expect(Error.captureStackTrace).not.toHaveBeenCalled();
        delete Error.captureStackTrace;
      });
    });`,
  'globals.test.js': `
    test('globals of the project stay', () => { expect([fixture, mark]).toEqual(['own fixture', 'own mark']); });`,
  'random.test.js': "for (let i = 0; i < 9; i++) test('t' + i, () => {});",
};

/**
 * A test that takes too long fails as with Jest, in other words; a `done` error has a place; and so has a test where
 * `Error.captureStackTrace` is gone.
 */
const alike = (report: string): string =>
  report
    .replace(/(?:\n *cause\| Error: )?thrown: "Exceeded timeout of (\d+) ms[^"]*"/g, (text, ms) =>
      text.includes('cause|') ? '' : `took longer than ${ms}`,
    )
    .replace(
      /Took too long to complete: .*\(timeout=(\d+)ms\)(\n +(?:in|waiting for): .*)*/g,
      'took longer than $1',
    )
    .replace(/(✕ (?:callback with a returned value|done and a promise|timeout)) \(\d+:\d+\)/g, '$1')
    .replace(/(without captureStackTrace .*) \(\d+:\d+\)/g, '$1');

const GLOBALS = "globals: { fixture: 'own fixture', mark: 'own mark' }";
const PRESET = "module.exports = { preset: 'jest-loop' };";
const runs: readonly (readonly [how: string, options: RunOptions])[] = [
  ['with locations, in random order', { args: ['-i', '--testLocationInResults', '--randomize', '--seed=7'] }],
  ['in band', { args: ['-i'] }],
  ['with a name pattern', { args: ['-i', '-t', 'each|one|in it'] }],
  ['with workers', { args: ['--maxWorkers=2'] }],
];

test.each(sizedTo(1, runs))('the preset changes no result, %s', (_, options) => {
  const [without, withPreset] = [`{ ${GLOBALS} }`, `{ preset: 'jest-loop', ${GLOBALS} }`].map(config =>
    describeReport(
      runFiles(
        { ...plain, 'jest.config.js': `module.exports = ${config};` },
        { ...options, transforms: true },
      ),
      {
        locations: true,
      },
    ),
  );
  expect(alike(withPreset!)).toBe(alike(without!));
  expect(without).toContain('✓ each');
});

test('a failure is reported at the same place, with the same code frame', () => {
  const files = {
    'a.test.js':
      "test('fails', () => {\n  expect(1).toBe(2);\n});\ntest('throws', () => {\n  null.x;\n});\ntest.failing('passes', () => {});",
    'done.test.js':
      "test('a reason', done => {\n  done('text');\n});\ntest('twice', done => {\n  done();\n  done();\n});",
    'table.test.js': "describe.each`\n  a | b\n`('a $a', () => {\n  test('in it', () => {});\n});",
    'value.test.js': "describe.each([\n  1,\n])('%i', () => {\n  test('in it', () => {});\n  return 5;\n});",
  };
  const [without, withPreset] = ['module.exports = {};', PRESET].map(config => {
    const { output } = runFiles({ ...files, 'jest.config.js': config }, { args: ['-i'], transforms: true });
    return output
      .replace(/ ?\(\d+\.?\d* m?s\)/g, '')
      .replace(/Time:.*|Test results written.*/g, '')
      .replace(/\n +See: .*/g, '')
      .replace(/\d+\.?\d* m?s/g, '')
      .replace(/ +$/gm, '');
  });
  expect(withPreset).toBe(without);
});

test.each(sizedTo(1, ['soft', 'on']))(
  "Jest's clean-up of globals leaves the package's own alone: %s",
  globalsCleanup => {
    const file = `fixture('a', { scope: 'file' }, () => 1);
    test('one', async ({ a }) => { await new Promise(resolve => setTimeout(resolve, 1)); expect(a).toBe(1); });`;
    const config = { preset: 'jest-loop', testEnvironmentOptions: { globalsCleanup } };
    const { success, output } = runFiles(
      {
        'a.test.js': file,
        'b.test.js': file,
        'c.test.js': file,
        'jest.config.js': `module.exports = ${JSON.stringify(config)};`,
      },
      { args: ['-i'] },
    );
    expect(success).toBe(true);
    expect(output).not.toContain('JEST-01');
  },
);

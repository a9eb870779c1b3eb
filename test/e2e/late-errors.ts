import { fullTest } from '../sizes';
import type { Report } from './report';
import { runFiles } from './run-jest';

/*
 * Errors that come after the file of the test that started them has ended. Only what no Loop owns can do that: here a
 * process and a thread whose ends nothing awaits. For the thread, Node loses the context of what its listeners throw.
 */
const STARTS = (when?: string): string => `
  const { execFile } = require('node:child_process');
  const { writeFileSync } = require('node:fs');
  const { Worker } = require('node:worker_threads');
  describe('block', () => {
    test('starts it', () => {
      new Worker(${JSON.stringify(ENDS(when))}, { eval: true }).on('exit', () => {
        throw new Error('the thread is over');
      });
      execFile(process.execPath, ['-e', ${JSON.stringify(ENDS(when))}], { cwd: __dirname }, () => {
        writeFileSync(__dirname + '/late', '');
        return Promise.reject(new Error('much later'));
      });
    });
  });`;
/** The process: it ends a moment after a file is there, or after a second. */
const ENDS = (when?: string): string =>
  when === undefined
    ? 'setTimeout(() => {}, 1000);'
    : `setTimeout(process.exit, 30_000);
       setInterval(() => { if (require('fs').existsSync('${when}')) setTimeout(process.exit, 200); }, 20);`;
/** A test that says that it runs, and does so until the error is there. */
const WAITS = (name: string): string => `
  const { existsSync, writeFileSync } = require('node:fs');
  const wait = ms => new Promise(resolve => setTimeout(resolve, ms));
  test('waits', async () => {
    writeFileSync(__dirname + '/${name}', '');
    while (!existsSync(__dirname + '/late')) await wait(20);
    await wait(200);
  }, 60_000);`;

const printedOf = (error: string): string =>
  [
    'jest-loop: an error after its file ended',
    '  file: a.test.js',
    '  started by: test "block starts it"',
    `  Error: ${error}`,
  ].join('\n');
const printed = printedOf('much later');

/** Jest starts with what took longest, or is largest: here by name. */
const ORDERED = {
  'jest.config.js': "module.exports = { preset: 'jest-loop', testSequencer: '<rootDir>/sequencer.js' };",
  'sequencer.js': `
    const { default: Sequencer } = require('@jest/test-sequencer');
    module.exports = class extends Sequencer {
      sort(tests) { return [...tests].sort((a, b) => (a.path < b.path ? -1 : 1)); }
    };`,
};

const statuses = (report: Report): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(report.files).map(([name, { tests }]) => [name, tests.map(({ status }) => status)]),
  );
const occurrences = ({ output }: Report): number => output.split('much later').length - 1;

/** Registers the tests, for the Jest of a host. */
export function testLateErrors(host?: string): void {
  test('in band, while the next file runs', () => {
    const report = runFiles(
      { 'a.test.js': STARTS('b'), 'b.test.js': WAITS('b'), ...ORDERED },
      { host, args: ['-i'] },
    );
    expect(statuses(report)).toEqual({ 'a.test.js': ['passed'], 'b.test.js': ['passed'] });
    expect(report.output).toContain(printed);
    expect(occurrences(report)).toBe(1);
    expect(report.output).toContain(printedOf('the thread is over'));
    expect(report.code).toBe(1);
  });

  fullTest('in band, after the last file', () => {
    const report = runFiles({ 'a.test.js': STARTS() }, { host, args: ['-i'] });
    expect(statuses(report)).toEqual({ 'a.test.js': ['passed'] });
    expect(report.output).toContain(printed);
    expect(report.code).toBe(1);
  });

  fullTest('in band, while Jest exits by itself', () => {
    const report = runFiles(
      { 'a.test.js': STARTS('b'), 'b.test.js': WAITS('b'), ...ORDERED },
      { host, args: ['-i', '--forceExit'] },
    );
    expect(report.output).toContain(printed);
    expect(report.code).toBe(1);
  });

  fullTest('in a worker that runs another file', () => {
    // The worker that had a.test.js takes c.test.js, as the other is at b.test.js.
    const report = runFiles(
      { 'a.test.js': STARTS('c'), 'b.test.js': WAITS('b'), 'c.test.js': WAITS('c'), ...ORDERED },
      { host, args: ['--maxWorkers=2'] },
    );
    expect(statuses(report)['b.test.js']).toEqual(['passed']);
    expect(statuses(report)['c.test.js']).toEqual(['passed']);
    for (const line of printed.split('\n')) expect(report.output).toContain(line.trim());
    expect(report.output).toContain('FAIL ./a.test.js');
    expect(report.code).toBe(1);
  });

  fullTest('in a worker that is idle', () => {
    const report = runFiles(
      { 'a.test.js': STARTS('b'), 'b.test.js': WAITS('b'), ...ORDERED },
      { host, args: ['--maxWorkers=2'] },
    );
    expect(statuses(report)).toEqual({ 'a.test.js': ['passed'], 'b.test.js': ['passed'] });
    expect(report.output).toContain(printed);
    expect(report.code).toBe(1);
  });
}

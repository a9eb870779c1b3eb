import { type Report, runFiles } from './run-jest';

/*
 * Errors that come when the file is over whose test started them. Only what no Loop owns can do that: here a process,
 * whose end is awaited by nobody.
 */
const STARTS = (ms: number): string => `
  const { execFile } = require('node:child_process');
  describe('block', () => {
    test('starts it', () => {
      execFile(process.execPath, ['-e', 'setTimeout(() => {}, ${ms})'], () => Promise.reject(new Error('much later')));
    });
  });`;
const WAITS = (ms: number): string =>
  `test('waits', () => new Promise(resolve => setTimeout(resolve, ${ms})), 60_000);`;

const told = [
  'jest-loop: an error after its file had ended',
  '  file: a.test.js',
  '  started by: test "block starts it"',
  '  Error: much later',
].join('\n');

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
      { 'a.test.js': STARTS(100), 'b.test.js': WAITS(1500), ...ORDERED },
      { host, args: ['-i'] },
    );
    expect(statuses(report)).toEqual({ 'a.test.js': ['passed'], 'b.test.js': ['passed'] });
    expect(report.output).toContain(told);
    expect(occurrences(report)).toBe(1);
    expect(report.code).toBe(1);
  });

  test('in band, after the last file', () => {
    const report = runFiles({ 'a.test.js': STARTS(1000) }, { host, args: ['-i'] });
    expect(statuses(report)).toEqual({ 'a.test.js': ['passed'] });
    expect(report.output).toContain(told);
    expect(report.code).toBe(1);
  });

  test('in band, while Jest exits by itself', () => {
    const report = runFiles(
      { 'a.test.js': STARTS(100), 'b.test.js': WAITS(1500), ...ORDERED },
      { host, args: ['-i', '--forceExit'] },
    );
    expect(report.output).toContain(told);
    expect(report.code).toBe(1);
  });

  test('in a worker that runs another file', () => {
    // The worker that had a.test.js takes c.test.js, as the other is at b.test.js.
    const report = runFiles(
      { 'a.test.js': STARTS(100), 'b.test.js': WAITS(4000), 'c.test.js': WAITS(2500), ...ORDERED },
      { host, args: ['--maxWorkers=2'] },
    );
    expect(statuses(report)['b.test.js']).toEqual(['passed']);
    expect(statuses(report)['c.test.js']).toEqual(['passed']);
    for (const line of told.split('\n')) expect(report.output).toContain(line.trim());
    expect(report.output).toContain('FAIL ./a.test.js');
    expect(report.code).toBe(1);
  });

  test('in a worker that is idle', () => {
    const report = runFiles(
      { 'a.test.js': STARTS(100), 'b.test.js': WAITS(3000), ...ORDERED },
      { host, args: ['--maxWorkers=2'] },
    );
    expect(statuses(report)).toEqual({ 'a.test.js': ['passed'], 'b.test.js': ['passed'] });
    expect(report.output).toContain(told);
    expect(report.code).toBe(1);
  });
}

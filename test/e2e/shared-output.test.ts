import { sizedTo } from '../sizes';
import { runFiles } from './run-jest';

/*
 * Jest's default reporter flushes its output by a timer, which it sets when something is printed, in the step of the
 * fixture that prints. One file alone would be reported by the verbose reporter, which has no such timer.
 */

const SCOPES = ['session', 'worker', 'directory'];
const FILES = {
  'jest.fixtures.js': SCOPES.map(
    scope => `
    fixture('${scope}', { scope: '${scope}' }, async function* () {
      console.log('${scope} comes up');
      yield { n: 1 };
      console.log('${scope} goes down');
    });`,
  ).join(''),
  'a.test.js': "test('a', ({ session, worker, directory }) => expect(session.n).toBe(1));",
  'b.test.js': "test('b', ({ session, worker, directory }) => expect(session.n).toBe(1));",
  'jest.config.js': "module.exports = { preset: 'jest-loop', reporters: ['default'] };",
};

const PROCESSES: [processes: string, args: string[]][] = [
  ['in band', ['-i']],
  ['with two workers', ['--maxWorkers=2', '--workerIdleMemoryLimit=2GB']],
];
test.each(sizedTo(1, PROCESSES))(
  'what fixtures print as they end is printed, and so is what comes after it, %s',
  (_kind, args) => {
    const { code, output } = runFiles(FILES, { args, env: { JEST_LOOP_DURATIONS: '3' } });
    const printed = SCOPES.flatMap(scope => [`${scope} comes up`, `${scope} goes down`]);
    expect(printed.filter(text => !output.includes(text))).toEqual([]);
    expect(output).toContain('asked');
    expect(code).toBe(0);
  },
);

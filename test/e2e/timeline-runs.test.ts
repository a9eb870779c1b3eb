import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Row } from '../../src/observe/events/row';
import { type RunOptions, runFiles, runManyFiles } from './run-jest';
import { durationsOf, inFolder, only, rowsOf } from './timeline-rows';
import { watchJest } from './watch-jest';

/*
 * The stream of events where runs end in other ways than usual, and several projects in one run.
 */

const SETUP = `
  fixture('shared', { scope: 'session' }, async function* ({}) { yield 1; })
    .fixture('here', { scope: 'worker' }, async function* ({ shared }) { yield 2; })
    .fixture('own', async function* ({ here }) { yield 3; });`;
const CONFIG = "module.exports = { preset: 'jest-loop', setupFilesAfterEnv: ['<rootDir>/setup.js'] };";
const WAIT = 'await new Promise(resolve => setTimeout(resolve, 300));';

/** The rows of the timeline of a run, and what it printed. */
function observe(
  files: Readonly<Record<string, string>>,
  options: RunOptions,
): { readonly rows: readonly Row[]; readonly output: string; readonly code: number | null } {
  return inFolder(folder => {
    const file = path.join(folder, 'page.html');
    const { output, code } = runFiles(
      { 'jest.config.js': CONFIG, 'setup.js': SETUP, ...files },
      {
        ...options,
        env: { TMPDIR: folder, JEST_LOOP_TIMELINE: file, JEST_LOOP_SETUP_SHOW: '1', ...options.env },
      },
    );
    // Nothing is left behind.
    expect(fs.readdirSync(folder).filter(name => name.startsWith('jest-loop-stream'))).toEqual([]);
    return { rows: rowsOf(fs.readFileSync(file, 'utf8')), output, code };
  });
}

const ended = (rows: readonly Row[]): string[] =>
  only(rows, 'test')
    .map(({ titles, outcome, lost }) => `${titles.join(' ')} ${lost ? 'lost' : outcome}`)
    .sort();

test('a killed worker loses at most its last events, and readers say so', () => {
  const { rows, output } = observe(
    {
      'a.test.js': `
        test('before', ({ own }) => {});
        test('kills', async ({ own }) => { ${WAIT} process.kill(process.pid, 'SIGKILL'); await new Promise(() => {}); });`,
      'b.test.js': "test('elsewhere', ({ own }) => {});",
    },
    { args: ['-w=2'] },
  );
  expect(ended(rows).filter(each => !each.startsWith('before'))).toEqual(
    expect.arrayContaining(['elsewhere passed', 'kills lost']),
  );
  expect(ended(rows)).toContain('before passed');
  const [note] = only(rows, 'note');
  expect(note!.text).toMatch(
    /^worker \d( \(\d\))? ended before its test file did: its last events are missing\.$/,
  );
  const lost = only(rows, 'file').filter(each => each.lost);
  expect(lost.length).toBeGreaterThan(0);
  expect(lost.every(each => each.path === 'a.test.js')).toBe(true);
  const up = only(rows, 'instance').filter(({ lane }) => lane === note!.lane);
  expect(up.some(({ tearDown }) => tearDown === undefined)).toBe(true);
  expect(output).toMatch(/^worker \d( \(\d\))? ended here: its last events are missing$/m);
  // The session fixture went down, and the other file is whole.
  expect(
    only(rows, 'instance').find(({ file, lane }) => file === undefined && lane !== note!.lane)!.tearDown,
  ).toBeDefined();
});

test('--bail', () => {
  const { rows, output } = observe(
    {
      'a.test.js': "test('fails', ({ own }) => { throw new Error('no'); });",
      'b.test.js': "test('never runs', ({ own }) => {});",
      'sequencer.js': `
        const { default: Sequencer } = require('@jest/test-sequencer');
        module.exports = class extends Sequencer { sort(tests) { return [...tests].sort((a, b) => (a.path < b.path ? -1 : 1)); } };`,
    },
    { args: ['-i', '--bail', '--testSequencer=./sequencer.js'] },
  );
  expect(ended(rows)).toEqual(['fails failed']);
  expect(only(rows, 'run')).toMatchObject([{ reason: 'bail', counts: { files: 1, tests: 1, failed: 1 } }]);
  expect(output).toContain('TEARDOWN session shared');
});

test('an interrupt', () => {
  const { rows, code } = observe(
    {
      'a.test.js': `
        test('is interrupted', async ({ own }) => { process.kill(process.pid, 'SIGINT'); await new Promise(resolve => setTimeout(resolve, 20_000)); });
        test('is skipped', ({ own }) => {});`,
    },
    { args: ['-i'] },
  );
  expect(code).toBe(130);
  expect(only(rows, 'run')).toMatchObject([{ reason: 'interrupt' }]);
  expect(only(rows, 'interrupt').length).toBeGreaterThan(0);
  expect(ended(rows)).toEqual(['is interrupted skipped', 'is skipped skipped']);
  expect(only(rows, 'instance').every(({ tearDown }) => tearDown?.outcome === 'passed')).toBe(true);
});

test('a process that exits at once', () => {
  const { rows } = observe(
    { 'a.test.js': `test('exits', async ({ own }) => { ${WAIT} process.exit(3); });` },
    { args: ['-i'] },
  );
  expect(ended(rows)).toEqual(['exits lost']);
});

test('several projects are one timeline, with the names of the projects', () => {
  inFolder(folder => {
    const file = path.join(folder, 'page.html');
    const project = (name: string): Record<string, string> => ({
      'jest.config.js': CONFIG.replace('{', `{ displayName: '${name}', `),
      'setup.js': SETUP,
      'a.test.js': `test('of ${name}', ({ own }) => {});`,
    });
    runManyFiles(
      { first: project('first'), second: project('second') },
      { args: ['-w=2'], env: { JEST_LOOP_TIMELINE: file } },
    );
    const rows = rowsOf(fs.readFileSync(file, 'utf8'));
    expect(ended(rows)).toEqual(['of first passed', 'of second passed']);
    expect(
      only(rows, 'file')
        .map(({ project }) => project)
        .sort(),
    ).toEqual(['first', 'second']);
    expect(durationsOf(rows, 'shared').tests).toBe(1);
  });
});

test('an error of the switches names the variable', () => {
  const { output, code } = runFiles(
    { 'a.test.js': "test('one', () => {});" },
    { args: ['-i'], env: { JEST_LOOP_DURATIONS: 'many' } },
  );
  expect(code).not.toBe(0);
  expect(output).toContain(
    'Expected the environment variable JEST_LOOP_DURATIONS to be a whole number from 1, got "many"',
  );
});

test('the reporter refuses unknown options', () => {
  const { output, code } = runFiles(
    {
      'jest.config.js':
        "module.exports = { preset: 'jest-loop', reporters: [['jest-loop/timeline', { path: 'x' }]] };",
      'a.test.js': "test('one', () => {});",
    },
    { args: ['-i'] },
  );
  expect(code).not.toBe(0);
  expect(output).toContain(
    'The options of the reporter jest-loop/timeline are invalid: unknown option "path".',
  );
});

test.each([['-i'], ['-w=2']])("the reporter works with Jest's own runner: %s", arg => {
  inFolder(folder => {
    const file = path.join(folder, 'page.html');
    runFiles(
      {
        'jest.config.js': `module.exports = {
          testEnvironment: 'jest-loop/environment',
          setupFilesAfterEnv: ['jest-loop/setup', '<rootDir>/setup.js'],
          reporters: ['default', ['jest-loop/timeline', { file: ${JSON.stringify(file)} }]],
        };`,
        'setup.js': "fixture('own', async function* () { yield 3; });",
        'a.test.js': "test('one', ({ own }) => {});",
        'b.test.js': "test('two', ({ own }) => {});",
      },
      { args: [arg] },
    );
    const rows = rowsOf(fs.readFileSync(file, 'utf8'));
    expect(ended(rows)).toEqual(['one passed', 'two passed']);
    expect(durationsOf(rows, 'own')).toMatchObject({ count: 2, tests: 2 });
  });
});

test('each run of watch mode has its own timeline', async () => {
  await watchJest(
    {
      'jest.config.js':
        "module.exports = { preset: 'jest-loop', setupFilesAfterEnv: ['<rootDir>/setup.js'], reporters: ['default', ['jest-loop/timeline', { file: 'page.html' }]] };",
      'setup.js': SETUP,
      'a.test.js': "require('./events').log(__dirname); test('first', ({ own }) => {});",
    },
    ['-i'],
    async ({ ran, write, log, quit }) => {
      await ran(1);
      const rows = (): readonly Row[] => rowsOf(fs.readFileSync(path.join(log()[0]!, 'page.html'), 'utf8'));
      expect(ended(rows())).toEqual(['first passed']);
      write('a.test.js', "test('second', ({ own }) => {});");
      await ran(2);
      expect(ended(rows())).toEqual(['second passed']);
      await quit();
    },
  );
});

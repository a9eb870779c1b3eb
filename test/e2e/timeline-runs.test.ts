import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Row } from '../../src/observe/events/row';
import { fullTest, sizedTo } from '../sizes';
import { describeReport } from './describe-report';
import { keepJest, type RunOptions, runFiles, runManyFiles } from './run-jest';
import { durationsOf, inFolder, only, rowsOf } from './timeline-rows';
import { watchJest } from './watch-jest';

keepJest();

/*
 * The stream of events and its readers where runs end in other ways than usual, in watch mode, and with several projects.
 */

const SETUP = `
  fixture('shared', { scope: 'session' }, async function* ({}) { yield 1; })
    .fixture('here', { scope: 'worker' }, async function* ({ shared }) { yield 2; })
    .fixture('own', async function* ({ here }) { yield 3; });`;
const CONFIG = "module.exports = { preset: 'jest-loop', setupFilesAfterEnv: ['<rootDir>/setup.js'] };";
const WAIT = 'await new Promise(resolve => setTimeout(resolve, 300));';

/** The readers that go together. */
const READERS = ['--setup-show', '--durations'];
/** The line of a fixture in the table of `--durations`. */
const durationsLine = (name: string, times: number): RegExp => new RegExp(`^  ${name} +\\w+ +${times} `, 'm');

/** The rows of the timeline of a run with these readers, and what it printed. */
function observe(
  files: Readonly<Record<string, string>>,
  options: RunOptions = {},
): { readonly rows: readonly Row[]; readonly output: string; readonly code: number | null } {
  return inFolder(folder => {
    const file = path.join(folder, 'page.html');
    const { output, code } = runFiles(
      { 'jest.config.js': CONFIG, 'setup.js': SETUP, ...files },
      {
        ...options,
        loop: true,
        args: [...(options.args ?? []), ...READERS, '--timeline', file],
        env: { TMPDIR: folder, ...options.env },
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

fullTest('retries and reruns count once, whichever attempt uses a fixture or fails', () => {
  const { rows } = observe(
    {
      'a.test.js': `
        let set = 0;
        fixture('late', { scope: 'file' }, () => { if (++set < 2) throw new Error('not yet'); return 1; });
        jest.retryTimes(2);
        test('one', ({ late, here }) => {});
        test('two', ({ late, here }) => {});`,
    },
    { args: ['-i'] },
  );
  expect(durationsOf(rows, 'late')).toMatchObject({ tests: 2 });
  expect(only(rows, 'run')[0]!.counts).toEqual({ files: 1, tests: 2, failed: 0 });
  const raced = observe(
    { 'a.test.js': "test('one', async ({ own }) => { await null; });" },
    { args: ['-i', '--races', '3'] },
  );
  expect(durationsOf(raced.rows, 'own')).toMatchObject({ tests: 1, askedFirst: 1 });
  expect(only(raced.rows, 'run')[0]!.counts).toEqual({ files: 1, tests: 1, failed: 0 });
});

fullTest('a killed worker loses at most its last events, and readers say so', () => {
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
  expect(output).toMatch(durationsLine('shared', 1));
  // The session fixture went down, and the other file is whole.
  expect(
    only(rows, 'instance').find(({ file, lane }) => file === undefined && lane !== note!.lane)!.tearDown,
  ).toBeDefined();
});

fullTest('places: of the tests with fixtures in a small file, and of those that failed or took long', () => {
  const small = (count: number): string => `
for (let i = 0; i < ${count}; i++)
  test(\`small \${i}\`, ({ own }) => {});
`;
  const { rows } = observe({
    'few.test.js': small(20),
    'many.test.js': `${small(30)}
test('fails', ({ own }) => { throw new Error('no'); });
test('takes long', ({ own }) => new Promise(resolve => setTimeout(resolve, 60)));
test('fails without', () => { throw new Error('no'); });
test('takes long without', () => new Promise(resolve => setTimeout(resolve, 60)));`,
  });
  const tests = only(rows, 'test').map(({ titles, at }) => `${titles.join(' ')}: ${at}`);
  expect(tests.filter(each => each.endsWith(': few.test.js:3'))).toHaveLength(20);
  // On a busy machine some of these may take long, too.
  expect(tests.some(each => /^small .*: undefined$/.test(each))).toBe(true);
  expect(tests).toEqual(
    expect.arrayContaining([
      'fails: many.test.js:5',
      'takes long: many.test.js:6',
      'fails without: many.test.js:7',
      'takes long without: many.test.js:8',
    ]),
  );
});

fullTest("a timeline leaves Jest's own locations and stacks as they are", () => {
  const slow = 'async () => { await new Promise(resolve => setTimeout(resolve, 60));';
  const file = `
    test('slow', ${slow} });
    test('with a fixture', ({ own }) => {});
    test.each([[1], [2], [3]])('each %i', ${slow} });
    test.failing('fails', ${slow} throw new Error('as it should'); });
    test.failing('passes', ${slow} });
    describe('a block', () => { test.failing.each([[1]])('failing each %i', ${slow} throw new Error('no'); }); });
    test('throws', () => { throw new Error('no'); });`;
  const reports = inFolder(folder =>
    [[], ['--timeline', path.join(folder, 'page.html')]].map(more => {
      const files = { 'jest.config.js': CONFIG, 'setup.js': SETUP, 'a.test.js': file };
      const report = runFiles(files, { loop: true, args: ['-i', '--testLocationInResults', ...more] });
      return describeReport(report, { locations: true });
    }),
  );
  expect(reports[1]).toBe(reports[0]);
  expect(reports[0]).toMatch(/✓ fails \(5:\d+\)/);
});

fullTest('--bail', () => {
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
  expect(output).toMatch(durationsLine('own', 1));
});

fullTest('an interrupt', () => {
  const { rows, code, output } = observe(
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
  expect(output).toMatch(/is interrupted \(uses here, own, shared\) skipped\n {4}TEARDOWN test {4}own\n/);
  expect(output).toContain('TEARDOWN session shared');
  expect(output).toMatch(durationsLine('own', 1));
});

fullTest('a process that exits at once', () => {
  const { rows, output } = observe(
    { 'a.test.js': `test('exits', async ({ own }) => { ${WAIT} process.exit(3); });` },
    { args: ['-i'] },
  );
  expect(ended(rows)).toEqual(['exits lost']);
  expect(output).toContain('main process ended here: its last events are missing');
  expect(output).toMatch(durationsLine('own', 1));
});

const project = (name: string): Record<string, string> => ({
  'jest.config.js': CONFIG.replace('{', `{ displayName: '${name}', `),
  'setup.js': SETUP,
  [`${name}.test.ts`]: `import { test } from 'jest-loop';\ntest('of ${name}', ({ own }: any) => {});`,
});
const PROJECTS = { first: project('first'), second: project('second') };
/** Their folders. */
const FOLDERS = { first: 'p0', second: 'p1' };

test('several projects are one timeline, with the names of the projects, and one table', () => {
  inFolder(folder => {
    const file = path.join(folder, 'page.html');
    const args = ['-w=2', ...READERS, `--timeline=${file}`];
    const { output } = runManyFiles(PROJECTS, { args, loop: true }).first;
    const rows = rowsOf(fs.readFileSync(file, 'utf8'));
    expect(ended(rows)).toEqual(['of first passed', 'of second passed']);
    expect(
      only(rows, 'file')
        .map(({ project }) => project)
        .sort(),
    ).toEqual(['first', 'second']);
    expect(durationsOf(rows, 'shared').tests).toBe(1);
    for (const [name, at] of Object.entries(FOLDERS))
      expect(output).toContain(`
${at}/${name}.test.ts
    SETUP    test    own (uses here)
        of ${name} (uses here, own, shared) passed
    TEARDOWN test    own
`);
    // Each project declares its own.
    const own = output.match(/^ {2}own +test +1 .*$/gm)!.map(line => line.split(/ +/).at(-1));
    expect(own.sort()).toEqual(['p0/setup.js:4', 'p1/setup.js:4']);
  });
});

fullTest('several projects are planned and listed', () => {
  const outputOf = (...flags: string[]): string =>
    runManyFiles(PROJECTS, { args: ['-i', ...flags], loop: true }).first.output;
  const planned = outputOf('--setup-plan');
  for (const [name, at] of Object.entries(FOLDERS))
    expect(planned).toMatch(
      new RegExp(
        `^${at}/${name}\\.test\\.ts\n {4}SETUP {4}test {4}own \\(uses here\\)\n {8}of ${name} \\(uses `,
        'm',
      ),
    );
  const listed = outputOf('--fixtures');
  expect(listed.match(/^ {2}shared {2}scope session {2}.*$/gm)).toEqual([
    '  shared  scope session  p0/setup.js:2',
    '  shared  scope session  p1/setup.js:2',
  ]);
  expect(listed.match(/^ {2}eventLoop /gm)).toHaveLength(1);
  expect(outputOf('--fixtures', 'own')).toMatch(
    /^p0.*\n {2}own .*\n +requested by:\n +test "of first" {2}p0\/first\.test\.ts:2\n\np1.*\n {2}own .*\n +requested by:\n +test "of second" {2}p1\/second\.test\.ts:2\n/m,
  );
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

test.each(sizedTo(1, ['-i', '-w=2']))("the reporter works with Jest's own runner: %s", arg => {
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

describe('watch mode', () => {
  const FILES = {
    'jest.config.js': CONFIG,
    'setup.js': SETUP,
    'a.test.js': "require('./events').log(__dirname); test('first', ({ own }) => {});",
  };
  const SECOND = "require('./events').log('again'); test('second', ({ own }) => {});";

  test('each run has its own timeline and table', async () => {
    const args = ['-i', ...READERS, '--timeline', 'page.html'];
    await watchJest(
      FILES,
      args,
      async ({ ran, write, log, output, quit }) => {
        await ran(1);
        const rows = (): readonly Row[] => rowsOf(fs.readFileSync(path.join(log()[0]!, 'page.html'), 'utf8'));
        expect(ended(rows())).toEqual(['first passed']);
        expect(output()).toMatch(durationsLine('own', 1));
        const before = output().length;
        write('a.test.js', SECOND);
        await ran(2);
        expect(ended(rows())).toEqual(['second passed']);
        expect(output().slice(before)).toMatch(durationsLine('own', 1));
        expect(output().slice(before)).toContain('        second (uses here, own, shared) passed\n');
        await quit();
      },
      { loop: true },
    );
  });

  fullTest.each([
    ['--setup-plan', /^ {8}first \(uses here, own, shared\)$/m, /^ {8}second \(uses here, own, shared\)$/m],
    ['--fixtures', /^ {2}own {2}scope test {2}setup\.js:4$/m, /^ {2}own {2}scope test {2}setup\.js:4$/m],
  ])('each run is seen anew: %s', async (flag, first, second) => {
    await watchJest(
      FILES,
      [flag, '-i'],
      async ({ ran, write, output, quit }) => {
        await ran(1);
        expect(output()).toMatch(first);
        const before = output().length;
        write('a.test.js', SECOND);
        await ran(2);
        expect(output().slice(before)).toMatch(second);
        await quit();
      },
      { loop: true },
    );
  });
});

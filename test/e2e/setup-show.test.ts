import type { Report } from './report';
import { runFiles } from './run-jest';

/*
 * `--setup-show`, `--setup-plan` and `--fixtures`, through real Jest, before and after Jest's own arguments, over files in
 * JavaScript and TypeScript.
 */

const SETUP = `
  // The server of
  // all tests.
  fixture('server', { scope: 'file' }, async function* () { yield 'server'; })
    /** Keeps things. */
    .fixture('db', { params: ['memory'], ids: ['memory'] }, async function* ({ server }) { yield server; })
    .fixture('everywhere', { scope: 'session' }, async function* ({}) { yield 'everywhere'; })
    .fixture('here', { scope: 'worker' }, async function* ({ everywhere }) { yield everywhere; })
    .fixture('broken', ({ server }) => { throw new Error('no luck\\nat all'); })
    .fixture('each', { scope: 'describe', params: [1, 2] }, ({}, request) => request.param);`;

const FILES = {
  'jest.config.js': "module.exports = { preset: 'jest-loop', setupFilesAfterEnv: ['<rootDir>/setup.js'] };",
  'setup.js': SETUP,
  'a.test.js': `
    fixture('auto', { auto: true }, 1);
    test('answers', ({ db, server }) => {});
    describe('block', () => {
      beforeEach(({ db }) => {});
      test('of each', ({ each }) => {});
      test('breaks', ({ broken }) => {});
    });
    test('wide', ({ here }) => {});
    jest.retryTimes(1, { retryImmediately: true });
    let attempts = 0;
    test('at last', () => { if (++attempts === 1) throw new Error('not yet'); });
    test.concurrent('beside', async ({ db }) => {});
    test.each([['row']])('in a %s', (row, { server }) => {});
    test.skip('left out', ({ db }) => {});
    test.todo('later');`,
  'sub/jest.fixtures.js': `
    // Another server.
    fixture('server', { scope: 'directory' }, async function* () { yield 'sub'; });`,
  'sub/b.test.ts': `
    import { beforeAll, describe, fixture, test } from 'jest-loop';
    const local: number = 1;
    beforeAll(({ server }: any) => {});
    test('uses it', ({ db, here }: any) => {});
    describe('inside', () => {
      fixture('local', { scope: 'describe' }, (): number => local);
      test('is local', ({ local }: any) => {});
    });`,
};

/** What was printed about one file. */
function pieceOf(output: string, file: string): string[] {
  const lines = output.split('\n');
  const from = lines.indexOf(file) + 1;
  return from === 0 ? [] : lines.slice(from, lines.indexOf('', from));
}

const wideLines = (output: string): string[] =>
  output.split('\n').filter(line => /^(SETUP|TEARDOWN) +(directory|worker|session) /.test(line));

const PIECE_A = [
  'SETUP    file    server',
  '    SETUP    test    auto',
  '    SETUP    test    db[memory] (uses server)',
  '        answers (uses auto, db, server) passed',
  '    TEARDOWN test    db[memory]',
  '    TEARDOWN test    auto',
  '  SETUP    describe each[1]',
  '    SETUP    test    auto',
  '    SETUP    test    db[memory] (uses server)',
  '        block › of each [1] (uses auto, db, each, server) passed',
  '    TEARDOWN test    db[memory]',
  '    TEARDOWN test    auto',
  '  TEARDOWN describe each[1]',
  '  SETUP    describe each[2]',
  '    SETUP    test    auto',
  '    SETUP    test    db[memory] (uses server)',
  '        block › of each [2] (uses auto, db, each, server) passed',
  '    TEARDOWN test    db[memory]',
  '    TEARDOWN test    auto',
  '  TEARDOWN describe each[2]',
  '    SETUP    test    auto',
  '    SETUP    test    db[memory] (uses server)',
  '    SETUP    test    broken (uses server) failed: no luck',
  '        block › breaks (uses auto, db, server) failed',
  '    TEARDOWN test    db[memory]',
  '    TEARDOWN test    auto',
  '    SETUP    test    auto',
  '    SETUP    test    db[memory] (uses server)',
  '    SETUP    test    broken (uses server) failed: no luck',
  '        block › breaks (uses auto, db, server) failed (attempt 2)',
  '    TEARDOWN test    db[memory]',
  '    TEARDOWN test    auto',
  '    SETUP    test    auto',
  '        wide (uses auto, everywhere, here) passed',
  '    TEARDOWN test    auto',
  '    SETUP    test    auto',
  '        at last (uses auto) failed',
  '    TEARDOWN test    auto',
  '    SETUP    test    auto',
  '        at last (uses auto) passed (attempt 2)',
  '    TEARDOWN test    auto',
  '    SETUP    test    auto',
  '    SETUP    test    db[memory] (uses server)',
  '        beside (uses auto, db, server) passed',
  '    TEARDOWN test    db[memory]',
  '    TEARDOWN test    auto',
  '    SETUP    test    auto',
  '        in a row (uses auto, server) passed',
  '    TEARDOWN test    auto',
  '        left out skipped',
  '        later todo',
  'TEARDOWN file    server',
];

const PIECE_B = [
  '    SETUP    test    db[memory] (uses server)',
  '        uses it (uses db, everywhere, here, server) passed',
  '    TEARDOWN test    db[memory]',
  '  SETUP    describe local',
  '        inside › is local (uses local) passed',
  '  TEARDOWN describe local',
];

describe('--setup-show in band', () => {
  let report: Report;
  beforeAll(() => {
    report = runFiles(FILES, { args: ['--setup-show', '-i'], loop: true });
  });

  test('shows a file in one piece, indented by scope', () => {
    expect(pieceOf(report.output, 'sub/b.test.ts')).toEqual(PIECE_B);
  });

  test('shows each file before the summary', () => {
    const at = (text: string): number => report.output.indexOf(text);
    for (const file of ['a.test.js', 'sub/b.test.ts'])
      expect(at(`\n${file}\n`)).toBeLessThan(at('\nTest Suites:'));
  });

  test('shows parameters, hooks, failures, retries and tests that do not run', () => {
    expect(pieceOf(report.output, 'a.test.js')).toEqual(PIECE_A);
  });

  test('shows what outlives files when it happens', () => {
    expect(wideLines(report.output)).toEqual([
      'SETUP    session everywhere',
      'SETUP    worker  here (uses everywhere)',
      'SETUP    directory server',
      'TEARDOWN directory server',
      'TEARDOWN worker  here',
      'TEARDOWN session everywhere',
    ]);
  });
});

describe('--setup-show with workers', () => {
  let report: Report;
  beforeAll(() => {
    report = runFiles(FILES, { args: ['-w', '2', '--setup-show'], loop: true });
  });

  test('shows the same pieces', () => {
    expect(pieceOf(report.output, 'a.test.js')).toEqual(PIECE_A);
    expect(pieceOf(report.output, 'sub/b.test.ts')).toEqual(PIECE_B);
  });

  test('names the worker of what outlives files', () => {
    const lines = wideLines(report.output);
    expect(lines.filter(line => line.includes('session'))).toEqual([
      'SETUP    session everywhere (main process)',
      'TEARDOWN session everywhere (main process)',
    ]);
    expect(lines.filter(line => line.includes('worker  here')).sort()).toEqual([
      'SETUP    worker  here (uses everywhere) (worker 1)',
      'SETUP    worker  here (uses everywhere) (worker 2)',
      'TEARDOWN worker  here (worker 1)',
      'TEARDOWN worker  here (worker 2)',
    ]);
    const directory = lines.filter(line => line.includes('directory'));
    expect(directory[0]).toMatch(/^SETUP {4}directory server \(worker [12]\)$/);
    expect(directory[1]).toMatch(/^TEARDOWN directory server \(worker [12]\)$/);
    expect(directory).toHaveLength(2);
  });
});

/** What is planned where nothing fails: no outcomes, no retries. */
const planned = (piece: readonly string[]): string[] =>
  piece.map(line => line.replace(/ (passed|failed)( \(attempt \d\))?$/, '').replace(/ failed: .*$/, ''));

describe('--setup-plan', () => {
  const NOTHING_RUNS = "throw new Error('a fixture was set up');";
  const planOf = (args: readonly string[]): Report =>
    runFiles(
      {
        ...FILES,
        'setup.js': FILES['setup.js'].replaceAll('yield', `${NOTHING_RUNS} yield`),
        'plan.test.js': `
          beforeAll(() => { throw new Error('a hook ran'); });
          test('one', ({ db }) => { throw new Error('a test ran'); });
          test('two', ({ unknown }) => {});
          test('only todo is left', () => {});`,
      },
      { args, loop: true },
    );

  test.each([
    ['-i', ['--setup-plan', '-i']],
    ['-w=2', ['-w=2', '--setup-plan']],
  ])('shows what would run, and runs nothing: %s', (arg, args) => {
    const report = planOf(args);
    expect(pieceOf(report.output, 'sub/b.test.ts')).toEqual(planned(PIECE_B));
    const all = planned(PIECE_A);
    const piece = pieceOf(report.output, 'a.test.js');
    expect(piece).toContain('        block › of each [2] (uses auto, db, each, server)');
    expect(piece.filter(line => /^ {8}/.test(line) && !all.includes(line))).toEqual([
      '        block › breaks (uses auto, broken, db, server)',
    ]);
    expect(piece.filter(line => line.startsWith('    SETUP    test    db'))).toHaveLength(5);
    const where = arg === '-i' ? '' : ' (main process)';
    const wide = wideLines(report.output);
    expect(wide.filter(line => line.includes('session'))).toEqual([
      `SETUP    session everywhere${where}`,
      `TEARDOWN session everywhere${where}`,
    ]);
    // Mistakes are reported, and nothing else: what would run counts as skipped.
    expect(report.files['plan.test.js']!.tests.map(({ status }) => status)).toEqual([
      'pending',
      'failed',
      'pending',
    ]);
    expect(report.files['plan.test.js']!.tests[1]!.messages[0]).toContain('unknown');
    expect(report.files['a.test.js']!.tests.every(({ status }) => /pending|todo/.test(status))).toBe(true);
  });
});

describe('--fixtures', () => {
  /** The names follow the flag. */
  const withNames = (args: readonly string[], names: readonly string[]): string[] =>
    args.flatMap(arg => (arg === '--fixtures' ? [arg, ...names] : [arg]));
  const list = (names: readonly string[], args: readonly string[]): string[] =>
    runFiles(FILES, { args: withNames(args, names), loop: true }).output.split('\n');

  test('lists per directory what can be requested, the nearest first and built-ins last', () => {
    const lines = list([], ['--fixtures', '-i']);
    const sections = lines
      .slice(lines.indexOf('. (the whole project)'))
      .filter(line => /^\S/.test(line))
      .slice(0, 5);
    expect(sections).toEqual([
      '. (the whole project)',
      'a.test.js (in this file only)',
      'sub/',
      'sub/b.test.ts (in this file only)',
      'built in',
    ]);
    const section = (title: string): string[] =>
      lines.slice(lines.indexOf(title) + 1, lines.indexOf('', lines.indexOf(title)));
    expect(section('. (the whole project)').slice(0, 5)).toEqual([
      '  server  scope file  setup.js:4',
      '      The server of',
      '  db  scope test, 1 param  setup.js:6',
      '      Keeps things.',
      '  everywhere  scope session  setup.js:7',
    ]);
    expect(section('a.test.js (in this file only)')).toEqual(['  auto  scope test, auto  a.test.js:2']);
    expect(section('sub/').slice(0, 4)).toEqual([
      '  server  scope directory  sub/jest.fixtures.js:3',
      '      Another server.',
      '  server  scope file, overridden  setup.js:4',
      '      The server of',
    ]);
    expect(section('sub/b.test.ts (in this file only)')).toEqual([
      '  local  scope describe, in "inside"  sub/b.test.ts:7',
    ]);
    expect(section('built in')).toContainEqual(
      expect.stringMatching(/^ {2}unusedTcpPort +a TCP port that nothing else in the run gets$/),
    );
  });

  test('shows whole comments and dependencies with --verbose', () => {
    const lines = list([], ['-i', '--verbose', '--fixtures']);
    expect(lines).toEqual(
      expect.arrayContaining([
        '      The server of',
        '      all tests.',
        '      depends on: server',
        '  unusedTcpPort  scope of its requester  built in',
      ]),
    );
  });

  test('of one level, the last declaration of a name is the nearest; with -v, too', () => {
    const { output } = runFiles(
      {
        'jest.fixtures.js': `
          /** The port. */
          fixture('port', 1);
          fixture('host', 'here');
          /**
           * The port,
           * and one.
           */
          fixture('port', ({ port }) => port + 1);`,
        'a.test.js': `
          fixture('name', 'Ada');
          fixture('name', ({ name }) => name + '!');
          describe('inner', () => { fixture('name', 'Grace'); test('a', ({ port, name }) => {}); });`,
      },
      { args: ['-i', '--fixtures', '-v'], loop: true },
    );
    const lines = output.split('\n');
    const from = lines.indexOf('. (the whole project)');
    expect(lines.slice(from, from + 14)).toEqual([
      '. (the whole project)',
      '  port  scope test  jest.fixtures.js:9',
      '      The port,',
      '      and one.',
      '      depends on: port',
      '  host  scope test  jest.fixtures.js:4',
      '  port  scope test, overridden  jest.fixtures.js:3',
      '      The port.',
      '',
      'a.test.js (in this file only)',
      '  name  scope test  a.test.js:3',
      '      depends on: name',
      '  name  scope test, overridden  a.test.js:2',
      '  name  scope test, in "inner"  a.test.js:4',
    ]);
  });

  test('lists the given names with their requesters, with workers too', () => {
    const lines = list(['server', 'nothing'], ['-w=2', '--fixtures']);
    const from = lines.indexOf('sub/');
    const project = lines.indexOf('. (the whole project)');
    expect(lines.slice(from, from + 5)).toEqual([
      'sub/',
      '  server  scope directory  sub/jest.fixtures.js:3',
      '      Another server.',
      '      requested by:',
      expect.stringMatching(/^ {8}(fixture "db"|beforeAll hook) /),
    ]);
    expect(lines.slice(project, from)).toEqual(
      expect.arrayContaining([
        '        test "answers"  a.test.js:3',
        '        fixture "db"  setup.js:6',
        '        test "in a row"  a.test.js:14',
      ]),
    );
    expect(lines).toContain('No test file sees a fixture "nothing".');
    expect(lines.some(line => line.includes('everywhere  scope'))).toBe(false);
  });
});

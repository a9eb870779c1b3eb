import * as fs from 'node:fs';
import * as path from 'node:path';
import { fullDescribe, fullTest, sizedTo } from '../sizes';
import type { Report } from './report';
import { runFiles, WORKERS } from './run-jest';
import { FILES } from './setup-show-files';
import { inFolder } from './timeline-rows';

/*
 * `--setup-show` and `--setup-plan`, through real Jest, before and after Jest's own arguments, over files in
 * JavaScript and TypeScript.
 */

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
      'SETUP    session everywhere (main process)',
      'SETUP    worker  here (uses everywhere) (worker 1)',
      'SETUP    directory server (worker 1)',
      'TEARDOWN directory server (worker 1)',
      'TEARDOWN worker  here (worker 1)',
      'TEARDOWN session everywhere (main process)',
    ]);
  });
});

fullDescribe('--setup-show with workers', () => {
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

test('overrides and blocks are told apart where their lines would read the same', () => {
  const files = {
    'jest.fixtures.js': `
      fixture('seed', () => 1);
      fixture('store', { scope: 'describe' }, () => []);
      fixture('other', () => 2);`,
    'a.test.js': `
      fixture('seed', ({ seed }) => seed + 1);
      test('outside', ({ seed, other }) => {});
      describe('reads', () => { test('one', ({ store }) => {}); });
      describe('writes', () => {
        beforeAll(({ store }) => {});
        describe('inner', () => { test('two', ({ store, other }) => {}); });
      });`,
    'b.test.js': "describe('alone', () => { test('three', ({ seed, store }) => {}); });",
  };
  const PIECE = [
    '    SETUP    test    seed (jest.fixtures.js:2)',
    '    SETUP    test    seed (uses seed) (a.test.js:2)',
    '    SETUP    test    other',
    '        outside (uses other, seed) passed',
    '    TEARDOWN test    other',
    '    TEARDOWN test    seed (a.test.js:2)',
    '    TEARDOWN test    seed (jest.fixtures.js:2)',
    '  SETUP    describe store (in "reads")',
    '        reads › one (uses store) passed',
    '  TEARDOWN describe store (in "reads")',
    '  SETUP    describe store (in "writes")',
    '    SETUP    test    other',
    '        writes › inner › two (uses other, store) passed',
    '    TEARDOWN test    other',
    '  TEARDOWN describe store (in "writes")',
  ];
  const shown = runFiles(files, { args: ['--setup-show', '-i'], loop: true });
  expect(pieceOf(shown.output, 'a.test.js')).toEqual(PIECE);
  expect(pieceOf(shown.output, 'b.test.js').filter(line => !line.includes('three'))).toEqual([
    '  SETUP    describe store',
    '    SETUP    test    seed',
    '    TEARDOWN test    seed',
    '  TEARDOWN describe store',
  ]);
  const plan = runFiles(files, { args: ['--setup-plan', '-i'], loop: true });
  expect(pieceOf(plan.output, 'a.test.js')).toEqual(planned(PIECE));
});

fullTest('what calls request.skip has not failed, in band and with workers', () => {
  const files = {
    'jest.fixtures.js': `
      fixture('lacks', (_, request) => request.skip('no network'));
      fixture('wide', { scope: 'worker' }, (_, request) => request.skip('no graphics'));
      fixture('silent', { scope: 'file' }, (_, request) => request.skip());`,
    'a.test.js': `
      test('one', ({ lacks }) => {});
      test('two', ({ wide }) => {});
      test('three', ({ silent }) => {});
      describe('block', () => { beforeAll(({ wide }) => {}); test('four', () => {}); });`,
  };
  for (const args of [['-i'], WORKERS]) {
    const [{ output, code }, spans] = inFolder(folder => {
      const file = path.join(folder, 'run.json');
      const report = runFiles(files, { args: [...args, '--setup-show', '--timeline', file], loop: true });
      const { traceEvents } = JSON.parse(fs.readFileSync(file, 'utf8'));
      return [report, traceEvents as { name: string; args?: { outcome?: string } }[]];
    });
    expect(pieceOf(output, 'a.test.js')).toEqual([
      '    SETUP    test    lacks skipped: no network',
      '        one skipped',
      '        two skipped',
      'SETUP    file    silent skipped',
      '        three skipped',
      '        block › four skipped',
    ]);
    expect(output).toContain('worker wide skipped: no graphics (worker 1)');
    const outcomes = new Map(spans.map(({ name, args }) => [name, args?.outcome]));
    for (const name of ['set up lacks', 'set up wide', 'set up silent', 'beforeAll'])
      expect([name, outcomes.get(name)]).toEqual([name, 'skipped']);
    expect(code).toBe(0);
  }
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

  const PROCESSES: [processes: string, args: string[]][] = [
    ['-i', ['--setup-plan', '-i']],
    ['-w=2', ['-w=2', '--setup-plan']],
  ];
  test.each(sizedTo(1, PROCESSES))('shows what would run, and runs nothing: %s', (_, args) => {
    const report = planOf(args);
    expect(pieceOf(report.output, 'sub/b.test.ts')).toEqual(planned(PIECE_B));
    const all = planned(PIECE_A);
    const piece = pieceOf(report.output, 'a.test.js');
    expect(piece).toContain('        block › of each [2] (uses auto, db, each, server)');
    expect(piece.filter(line => /^ {8}/.test(line) && !all.includes(line))).toEqual([
      '        block › breaks (uses auto, broken, db, server)',
    ]);
    expect(piece.filter(line => line.startsWith('    SETUP    test    db'))).toHaveLength(5);
    // What does not run stands where it would.
    expect(piece.slice(-3)).toEqual(all.slice(-3));
    const wide = wideLines(report.output);
    expect(wide.filter(line => line.includes('session'))).toEqual([
      'SETUP    session everywhere (main process)',
      'TEARDOWN session everywhere (main process)',
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

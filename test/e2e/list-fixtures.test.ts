import { fullDescribe, fullTest, sizedTo } from '../sizes';
import type { Report } from './report';
import { runFiles, runManyFiles } from './run-jest';
import { FILES } from './setup-show-files';

/* `--fixtures`, before and after Jest's own arguments, over files in JavaScript and TypeScript. */

const ROOT = "// Says hello.\nfixture('greeting', 'hello');";
const UP = "() => { throw new Error('was set up'); }";

const linesOf = ({ output }: Report): string[] => output.split('\n');
const sectionOf = (lines: readonly string[], title: string): string[] =>
  lines.slice(lines.indexOf(title) + 1, lines.indexOf('', lines.indexOf(title)));

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

  test.each(sizedTo(1, ['-v', '--verbose']))('shows whole comments and dependencies with %s', verbose => {
    const lines = list([], ['-i', '--fixtures', verbose]);
    expect(lines).toEqual(
      expect.arrayContaining([
        '      The server of',
        '      all tests.',
        '      depends on: server',
        '  unusedTcpPort  scope of its requester  built in',
      ]),
    );
  });

  fullTest('of an extended test with what it inherits from the one that it extends', () => {
    const { output } = runFiles(
      {
        'a.test.js': `
          const base = test.extend('db', { scope: 'file', auto: true }, 1);
          const t = base.extend('db', 2);
          t('asks', ({ db }) => {});`,
      },
      { args: ['--fixtures', '-i'], loop: true },
    );
    expect(output.match(/^ {2}db {2}.*$/gm)).toEqual([
      '  db  scope file, auto  a.test.js:3',
      '  db  scope file, auto, overridden  a.test.js:2',
    ]);
  });

  fullTest('of one level, the last declaration of a name is the nearest; with -v, too', () => {
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

fullDescribe('without a test file', () => {
  const PROCESSES: [processes: string, args: string[]][] = [
    ['-i', ['--fixtures', '-i']],
    ['-w=2', ['-w=2', '--fixtures']],
  ];
  test.each(PROCESSES)('lists what one would see in each directory: %s', (_, args) => {
    const report = runFiles(
      {
        'jest.config.js': "module.exports = { preset: 'jest-loop', setupFilesAfterEnv: ['./setup.ts'] };",
        'setup.ts': "import { fixture } from 'jest-loop';\nconst one: number = 1;\nfixture('counted', one);",
        'jest.fixtures.js': ROOT,
        'src/api/jest.fixtures.ts': `import { fixture } from 'jest-loop';\nfixture('server', { scope: 'directory', auto: true }, ${UP});`,
        'src/web/jest.fixtures.mjs': "import { fixture } from 'jest-loop';\nfixture('page', 'html');",
      },
      { args, loop: true, transforms: true, node: ['--experimental-vm-modules'] },
    );
    const lines = linesOf(report);
    expect(sectionOf(lines, '. (the whole project)')).toEqual([
      '  greeting  scope test  jest.fixtures.js:2',
      '      Says hello.',
      '  counted  scope test  setup.ts:3',
    ]);
    expect(sectionOf(lines, 'src/api/')[0]).toBe(
      '  server  scope directory, auto  src/api/jest.fixtures.ts:2',
    );
    expect(sectionOf(lines, 'src/web/')[0]).toBe('  page  scope test  src/web/jest.fixtures.mjs:2');
    expect(sectionOf(lines, 'built in')).toContainEqual(expect.stringContaining('unusedTcpPort '));
    expect(lines).toContain('There is no test file here yet. One would see these fixtures.');
    expect(report.output).not.toMatch(/No tests found|must contain at least one test|was set up/);
    expect(report.code).toBe(0);
  });

  test('lists the built-ins of a project that declares nothing, and what is around a directory', () => {
    const empty = { 'setup.js': '', 'jest.config.js': "module.exports = { preset: 'jest-loop' };" };
    const nothing = runFiles(empty, { args: ['--fixtures', '-i'], loop: true });
    expect(linesOf(nothing)).toEqual(
      expect.arrayContaining(['built in', expect.stringMatching(/^ {2}tasks /)]),
    );
    expect(nothing.code).toBe(0);
    const inside = {
      ...empty,
      'jest.fixtures.js': ROOT,
      'src/none/a.js': '',
      'test/a.test.js': "test('a', () => {});",
    };
    const directory = runFiles(inside, { args: ['--fixtures', '-i', 'src/none/'], loop: true });
    expect(sectionOf(linesOf(directory), '. (the whole project)')).toHaveLength(2);
    expect(directory.code).toBe(0);
    const pattern = runFiles(inside, { args: ['--fixtures', '-i', 'none-such/'], loop: true });
    expect(pattern.output).toContain('No tests found, exiting with code 1');
  });

  test('a mistake in a jest.fixtures file fails the run', () => {
    const files = { 'jest.fixtures.js': "fixture('bad', { scope: 'module' }, 1);" };
    const { code, output } = runFiles(files, { args: ['--fixtures', '-i'], loop: true });
    expect(output).toContain('"module"');
    expect(output).not.toContain('must contain at least one test');
    expect(code).toBe(1);
  });

  test('directories without a test file are listed beside the others, of each project', () => {
    const project = { 'jest.fixtures.js': ROOT, 'in/jest.fixtures.js': "fixture('inner', 1);" };
    const reports = runManyFiles(
      { tested: { ...project, 'a.test.js': "test('a', () => {});" }, untested: project },
      { args: ['--fixtures', '-i'], loop: true },
    );
    const titles = linesOf(reports.tested).filter(line => line.endsWith('in/'));
    expect(titles).toHaveLength(2);
    expect(reports.tested.output).not.toContain('There is no test file here yet');
    expect(Object.keys(reports.tested.files)).toEqual(['a.test.js']);
  });
});

test('the requesters of a name are sorted by their places, whatever the order of the files', () => {
  const asks = (title: string): string => `\ntest('${title}', ({ db }) => {});`;
  const files = {
    'jest.fixtures.js': "fixture('db', 1);",
    'c.test.js': asks('least'),
    'a.test.js': `${asks('of line 2')}${'\n'.repeat(8)}${asks('of line 11')}`,
    // The largest runs first.
    'b.test.js': `${asks('first')}\n// ${'long '.repeat(200)}`,
  };
  const lines = linesOf(runFiles(files, { args: ['-i', '--fixtures', 'db'], loop: true }));
  const from = lines.indexOf('      requested by:') + 1;
  expect(lines.slice(from, lines.indexOf('', from))).toEqual([
    '        test "of line 2"  a.test.js:2',
    '        test "of line 11"  a.test.js:11',
    '        test "first"  b.test.js:2',
    '        test "least"  c.test.js:2',
  ]);
});

test('a name that nothing declares fails the run, with the nearest ones', () => {
  const files = {
    'jest.fixtures.js': "fixture('folder', '/tmp');",
    'a.test.js': "test('a', ({ folder }) => {});",
  };
  const { code, output } = runFiles(files, {
    args: ['--fixtures', 'foldr', 'folder', 'request', '-i'],
    loop: true,
  });
  expect(output).toContain(`No test file sees a fixture "foldr".
  Nearest known names: folder
  Known fixtures: folder
  To fix: write --fixtures folder. For a pattern of test files, write --fixtures -- foldr.`);
  expect(output).toContain('        test "a"  a.test.js:1');
  expect(output).toContain('  request  scope of its requester  built in');
  expect(code).toBe(1);
});

import * as fs from 'node:fs';
import * as path from 'node:path';
import { sized, sizedTo } from '../sizes';
import { readPage, unnamedFiles } from './pages';
import type { Report } from './report';
import { IN_BAND, keepJest, ROOT, runManyFiles, WORKERS } from './run-jest';

keepJest();

/*
 * The examples of README and guides are run: code blocks with `file=…` are the files of a project. Those of one
 * page are one project, which must pass; with fixtures that outlive test files, in band and with two workers. Test
 * files that a page shows failing are run apart.
 */
/** Pages without code. */
const PROSE = ['architecture.md', 'support.md'];
const GUIDES = fs
  .readdirSync(path.join(ROOT, 'docs'))
  .filter(name => name.endsWith('.md') && !PROSE.includes(name));
/** At the small size the pages that everybody reads first, and one whose fixtures outlive their files. */
const PAGES = sized(
  ['README.md', 'docs/getting-started.md', 'docs/tutorial.md', 'docs/scopes.md'],
  ['README.md', ...GUIDES.map(name => `docs/${name}`)],
);
const WAY_IN_BAND = ['in band', IN_BAND] as const;
const WAY_WITH_WORKERS = ['with two workers', WORKERS] as const;

const filesOf = (page: string): Readonly<Record<string, string>> => readPage(ROOT, page).files;
const failuresOf = (page: string) => readPage(ROOT, page).failures;
const isTest = (name: string): boolean => name.includes('.test.');

const usesSharedFixtures = (page: string): boolean =>
  Object.values(filesOf(page)).some(source => /scope: '(directory|worker|session)'/.test(source));

test('there are pages to be run with workers', () => {
  expect(PAGES.filter(usesSharedFixtures)).toContain('docs/scopes.md');
});

test.each(['README.md', ...GUIDES.map(name => `docs/${name}`)])('%s names the files that it shows', page => {
  expect(unnamedFiles(ROOT, page)).toEqual([]);
});

function waysToRun(page: string): (readonly [page: string, way: string, args: readonly string[]])[] {
  const ways = usesSharedFixtures(page) ? sizedTo(1, [WAY_IN_BAND, WAY_WITH_WORKERS]) : [WAY_IN_BAND];
  return ways.map(way => [page, ...way]);
}

/** What all pages report that run in one way, by page: one Jest for all of them. */
const reports = new Map<string, Readonly<Record<string, Report>>>();
function reportOf(page: string, way: string, args: readonly string[]): Report {
  const pages = PAGES.filter(each => waysToRun(each).some(([, other]) => other === way));
  if (!reports.has(way))
    reports.set(
      way,
      runManyFiles(Object.fromEntries(pages.map(each => [each, filesOf(each)])), { args, transforms: true }),
    );
  return reports.get(way)![page]!;
}

test.each(PAGES.flatMap(waysToRun))('the examples of %s pass %s', (page, way, args) => {
  const tests = Object.keys(filesOf(page)).filter(isTest);
  expect(tests.length).toBeGreaterThan(0);
  const report = reportOf(page, way, args);
  const failures = Object.values(report.files).flatMap(({ tests: all, errors }) => [
    ...errors,
    ...all.flatMap(({ name, messages }) => messages.map(message => `${name}: ${message}`)),
  ]);
  expect(failures).toEqual([]);
  expect(Object.keys(report.files).sort()).toEqual(tests.sort());
  expect(report.code).toBe(0);
});

const FAILING = PAGES.filter(page => Object.keys(failuresOf(page)).length > 0);
let failing: Readonly<Record<string, Report>> | undefined;
function failingReportOf(page: string): Report {
  failing ??= runManyFiles(
    Object.fromEntries(
      FAILING.map(each => {
        const others = Object.entries(filesOf(each)).filter(([name]) => !isTest(name));
        const tests = Object.entries(failuresOf(each)).map(([name, { source }]) => [name, source] as const);
        return [each, Object.fromEntries([...others, ...tests])];
      }),
    ),
    { args: ['-i'], transforms: true },
  );
  return failing[page]!;
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');

/** The places of frames as Jest shows them: relative to the project. */
const relative = (text: string): string => text.replace(/\((?:\/|[A-Z]:\\)[^()]*?[/\\]p\d+[/\\]/g, '(');

test.each(FAILING)('the failures in %s are as shown', page => {
  const { files } = failingReportOf(page);
  for (const [name, { shown }] of Object.entries(failuresOf(page))) {
    const messages = [
      ...(files[name]?.errors ?? []),
      ...(files[name]?.tests ?? []).flatMap(test =>
        test.raw.length === 0
          ? []
          : [`● ${test.name}`, ...test.raw.map(text => relative(text.replace(/^Error: /, '')))],
      ),
    ];
    const printed = linesOf(messages.join('\n'));
    const lines = linesOf(shown).filter(line => line !== '…');
    expect(lines.length).toBeGreaterThan(0);
    expect({ name, printed }).toEqual({ name, printed: expect.arrayContaining(lines) });
  }
});

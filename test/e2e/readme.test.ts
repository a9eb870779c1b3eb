import * as fs from 'node:fs';
import * as path from 'node:path';
import { sizedTo } from '../sizes';
import { IN_BAND, type Report, ROOT, runManyFiles, WORKERS } from './run-jest';

/*
 * The examples of README and guides are run: code blocks with `file=…` are the files of a project. Those of one
 * page are one project, which must pass; with fixtures that outlive test files, in band and with two workers.
 */
// The architecture page shows no code.
const GUIDES = fs.readdirSync(path.join(ROOT, 'docs')).filter(name => name !== 'architecture.md');
const PAGES = ['README.md', ...GUIDES.map(name => `docs/${name}`)];
const WAY_IN_BAND = ['in band', IN_BAND] as const;
const WAY_WITH_WORKERS = ['with two workers', WORKERS] as const;

function filesOf(page: string): Record<string, string> {
  const text = fs.readFileSync(path.join(ROOT, page), 'utf8');
  const blocks = text.matchAll(/^```\w+ file=(\S+)\n([\s\S]*?)^```$/gm);
  return Object.fromEntries([...blocks].map(([, name, source]) => [name!, source!]));
}

const usesSharedFixtures = (page: string): boolean =>
  Object.values(filesOf(page)).some(source => /scope: '(directory|worker|session)'/.test(source));

test('there are pages to be run with workers', () => {
  expect(PAGES.filter(usesSharedFixtures)).toContain('docs/scopes.md');
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
  const tests = Object.keys(filesOf(page)).filter(name => name.includes('.test.'));
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

import * as fs from 'node:fs';
import * as path from 'node:path';
import { ROOT, runFiles } from './run-jest';

/*
 * The examples of README and guides are run: code blocks with `file=…` are the files of a project. Those of one
 * page are one project, which must pass.
 */
const PAGES = ['README.md', ...fs.readdirSync(path.join(ROOT, 'docs')).map(name => `docs/${name}`)];

function filesOf(page: string): Record<string, string> {
  const text = fs.readFileSync(path.join(ROOT, page), 'utf8');
  const blocks = text.matchAll(/^```\w+ file=(\S+)\n([\s\S]*?)^```$/gm);
  return Object.fromEntries([...blocks].map(([, name, source]) => [name!, source!]));
}

test.each(PAGES)('the examples of %s pass', page => {
  const files = filesOf(page);
  const tests = Object.keys(files).filter(name => name.includes('.test.'));
  expect(tests.length).toBeGreaterThan(0);
  const report = runFiles(files);
  const failures = Object.values(report.files).flatMap(({ tests: all, errors }) => [
    ...errors,
    ...all.flatMap(({ name, messages }) => messages.map(message => `${name}: ${message}`)),
  ]);
  expect(failures).toEqual([]);
  expect(Object.keys(report.files).sort()).toEqual(tests.sort());
  expect(report.code).toBe(0);
});

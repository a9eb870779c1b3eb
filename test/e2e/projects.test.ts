import * as fs from 'node:fs';
import * as path from 'node:path';
import { describeReport } from './describe-report';
import { type RunOptions, runJest } from './run-jest';
import { expectedOf } from './settled';

/*
 * Each folder of test/projects is a small Jest project with what it is expected to report beside it.
 * UPDATE_EXPECTED=1 writes the reports anew: read the difference before you commit it.
 */
const PROJECTS = path.join(process.env.E2E_HOST ?? path.resolve(__dirname, '../..'), 'test/projects');
const names = fs
  .readdirSync(PROJECTS, { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(({ name }) => name);

test.each(names)('project %s reports what is expected', name => {
  const folder = path.join(PROJECTS, name);
  const optionsFile = path.join(folder, 'run.json');
  const options: RunOptions = fs.existsSync(optionsFile)
    ? JSON.parse(fs.readFileSync(optionsFile, 'utf8'))
    : {};
  const report = (): string => describeReport(runJest(folder, options));
  const expectedFile = path.join(folder, 'expected.txt');
  if (process.env.UPDATE_EXPECTED) fs.writeFileSync(expectedFile, report());
  const expected = fs.readFileSync(expectedFile, 'utf8');
  expect(expectedOf(report, expected)).toBe(expected);
});

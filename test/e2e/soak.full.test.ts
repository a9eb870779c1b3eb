import * as fs from 'node:fs';
import * as path from 'node:path';
import { check } from '../soak/check';
import { Generator } from '../soak/generate';
import { growth } from '../soak/heap';
import type { Report } from './report';
import { keepJest, runFiles } from './run-jest';
import { lingers } from './settled';

keepJest();

/*
 * Two thousand tests of random bodies: they wait, hang, throw late, spawn, swallow cancellation. What each of them
 * is to report is known; what fires, fires while its test runs, and nothing is left. SOAK_SEED makes other ones.
 */
const SEED = Number(process.env.SOAK_SEED ?? 20260);
const PROJECT = path.resolve(__dirname, '../soak/project');
const generator = new Generator(SEED);
const PLAN = {
  'cancel.test.js': generator.file('cancel', 1600),
  'fail.test.js': generator.file('fail', 400),
};
/** Jest keeps an entry for each test, and a report of what failed: 2.8 kB. A body that is kept is 32 kB. */
const MOST_PER_TEST = 4500;

function run(): Report {
  const files: Record<string, string> = {};
  for (const name of fs.readdirSync(PROJECT)) files[name] = fs.readFileSync(path.join(PROJECT, name), 'utf8');
  const blocks = Object.entries(PLAN).map(([name, plan]) => [name, plan.blocks]);
  files['plan.json'] = JSON.stringify(Object.fromEntries(blocks));
  return runFiles(files, { args: ['-i', '--silent'] });
}

let report: Report;
beforeAll(() => {
  report = run();
  if (report.files['cancel.test.js']?.tests.length === 0) throw new Error(report.output);
});

const eventsOf = (file: string): readonly string[] => report.files[file]?.events ?? [];

test.each(Object.keys(PLAN) as (keyof typeof PLAN)[])(
  '%s: each error is on its test, nothing fires elsewhere',
  file => {
    const found = report.files[file];
    expect(found?.tests).toHaveLength(PLAN[file].blocks.flatMap(({ tests }) => tests).length);
    expect({ seed: SEED, problems: check(PLAN[file], found!) }).toEqual({ seed: SEED, problems: [] });
  },
);

test('something was looked at', () => {
  const fired = Number(
    eventsOf('cancel.test.js')
      .find(event => event.startsWith('fired: '))
      ?.slice(7),
  );
  expect(fired).toBeGreaterThan(5000);
});

test('the heap does not grow', () => {
  expect(growth(eventsOf('cancel.test.js'), 50)).toBeLessThan(MOST_PER_TEST);
});

test('Jest ends by itself, and the files run in the order in which nothing is late', () => {
  expect(report.code).toBe(1);
  expect(lingers(report.output)).toBe(false);
  expect(report.output).not.toContain('after its file ended');
});

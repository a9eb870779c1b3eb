import * as path from 'node:path';
import { fullTest, sized } from '../sizes';
import { writeExpected } from './expected';
import { expectedText, Goldens, goldenNames, isOneNamed, LONGEST_GROUP, PROJECTS } from './golden';
import { keepJest, WORKERS } from './run-jest';
import { expectedOf } from './settled';

keepJest();

/* UPDATE_EXPECTED=1 writes the reports anew: read the difference before you commit it. */
jest.setTimeout(LONGEST_GROUP);
/** Other environments, languages and places of what the other projects have: of the full size, unless one is named. */
const VARIANTS = ['hardened', 'jsdom', 'mistakes-setup', 'timeouts-ts'];
const left = isOneNamed() ? [] : sized(VARIANTS, []);
// wide.test.ts runs the others with more to check.
const names = goldenNames.filter(name => (!name.startsWith('wide-') || isOneNamed()) && !left.includes(name));
const goldens = new Goldens(names);
/** Those that may differ with workers: in shared fixtures, in order, in what a stopped file leaves to the next one. */
const WITH_WORKERS = [
  'crash',
  'mistakes-wide',
  'leftovers',
  'order',
  'extend',
  'params',
  'expiry',
  'loop-scopes',
  'executors-wide',
  'network-fixtures',
  'services',
  'skip',
  'backends',
];
const inWorkers = new Goldens(WITH_WORKERS, undefined, { args: WORKERS });

test.each(names)('project %s reports what is expected', name => {
  const report = (): string => goldens.reportOf(name);
  if (process.env.UPDATE_EXPECTED) writeExpected(path.join(PROJECTS, name), report());
  const expected = expectedText(name);
  expect(expectedOf(report, expected)).toBe(expected);
});

fullTest.each(WITH_WORKERS)('project %s reports the same with two workers', name => {
  const expected = expectedText(name);
  expect(expectedOf(() => inWorkers.reportOf(name), expected)).toBe(expected);
});

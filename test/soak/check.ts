import type { FileReport, TestReport } from '../e2e/report';
import { errorsOf } from './outcomes';
import type { PlannedFile, PlannedTest, Policy } from './plan';

/** What is wrong with the report of a file, a line each. */
export function check(planned: PlannedFile, report: FileReport): string[] {
  const tests = planned.blocks.flatMap(block =>
    block.tests.map(test => [`${block.name} ${test.id}`, test] as const),
  );
  const reported = new Map(report.tests.map(test => [test.name, test]));
  return [
    ...tests.flatMap(([name, test]) => checkTest(test, planned.policy, reported.get(name))),
    ...report.errors.map(error => `the file: ${error}`),
    ...report.events.filter(event => /^(stray|alive): /.test(event)),
    ...checkPairs(report.events),
    ...checkCleaned(
      tests.map(([, test]) => test),
      report.events,
    ),
  ];
}

/** Each error once, on its test, and no other. */
function checkTest(test: PlannedTest, policy: Policy, report: TestReport | undefined): string[] {
  const describe = (problem: string): string => `${problem}\n  ${JSON.stringify(test)}`;
  if (report === undefined) return [describe('not reported')];
  const expected = errorsOf(test, policy);
  const status = expected.length > 0 ? 'failed' : 'passed';
  const problems = report.status === status ? [] : [describe(`${report.status} instead of ${status}`)];
  const left = [...report.messages];
  for (const text of expected) {
    const at = left.findIndex(message => message.includes(text));
    if (at < 0) problems.push(describe(`missing: ${text}`));
    else left.splice(at, 1);
  }
  return [...problems, ...left.map(message => describe(`reported, but not expected: ${message}`))];
}

/** All that comes up goes down, once. */
function checkPairs(events: readonly string[]): string[] {
  const up = events.filter(event => event.startsWith('up: ')).map(event => event.slice(4));
  const down = events.filter(event => event.startsWith('down: ')).map(event => event.slice(6));
  const count = (names: readonly string[], name: string): number =>
    names.filter(each => each === name).length;
  const wrong = [...new Set([...up, ...down])].filter(name => count(up, name) !== count(down, name));
  return wrong.map(name => `${name} came up ${count(up, name)} times, went down ${count(down, name)} times`);
}

/** The `finally` of a body that was cancelled has run to its end. */
function checkCleaned(tests: readonly PlannedTest[], events: readonly string[]): string[] {
  const cleaned = new Set(events.filter(event => event.startsWith('cleaned: ')));
  const begin = (test: PlannedTest): boolean =>
    errorsOf(test, 'cancel').some(text => text.includes('(timeout='));
  return tests
    .filter(test => test.ending[1] === 'cleaningUp' && begin(test) && !cleaned.has(`cleaned: ${test.id}`))
    .map(({ id }) => `${id} did not clean up`);
}

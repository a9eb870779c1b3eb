import * as fs from 'node:fs';
import * as path from 'node:path';
import { testChaos } from './chaos';
import { expectedText, Goldens, goldenNames, LONGEST_GROUP, PROJECTS } from './golden';
import { CASES } from './interrupt-cases';
import { testInterrupts } from './interrupts';
import { testLateErrors } from './late-errors';
import { testRaces } from './races';
import { recorded } from './records';
import { withoutCauses } from './report';
import { ROOT, runJest } from './run-jest';
import { expectedOf } from './settled';

/*
 * The end-to-end projects on the oldest Jest that is supported. They report the same, but for causes, which it does not
 * show, and for what is Jest's own there: the projects named below.
 */
const HOST = path.join(ROOT, 'test/hosts/jest-30.0');
const DIFFERENT: Record<string, string> = {
  around: 'concurrent tests start before all others',
  crash: 'concurrent tests start before all others',
  'wide-values': 'concurrent tests start before the beforeAll hooks of their block',
  skip: 'concurrent tests start before all others',
  retry: 'there is no retryTimes({ entireDescribe })',
};

jest.setTimeout(LONGEST_GROUP);
const copies = path.join(HOST, 'projects');
const names = goldenNames.filter(name => !Object.hasOwn(DIFFERENT, name));
const goldens = new Goldens(names, copies, { host: HOST });

beforeAll(() => {
  fs.rmSync(copies, { recursive: true, force: true });
  fs.cpSync(PROJECTS, copies, { recursive: true });
  // A copy: what the package requests is looked for beside it, and found in this host first.
  const own = path.join(HOST, 'node_modules/jest-loop');
  fs.rmSync(own, { recursive: true, force: true });
  fs.cpSync(path.join(ROOT, 'node_modules/jest-loop'), own, { recursive: true });
});

test.each(names)('project %s reports the same on Jest 30.0', name => {
  const expected = withoutCauses(expectedText(name));
  expect(expectedOf(() => goldens.reportOf(name), expected)).toBe(expected);
});

test.each([
  ['in band', ['-i']],
  ['with two workers', ['--maxWorkers=2', '--workerIdleMemoryLimit=2GB']],
])('--bail, %s: what is wide is down when Jest has exited', (_kind, args) => {
  const folder = path.join(copies, 'flags');
  const { report, faults, counts } = recorded(record => {
    const env = { ...record, FLAGS_FAILS: ' first$' };
    return runJest(folder, { args: [...args, '--bail'], env, host: HOST });
  });
  expect({ code: report.code, faults }).toEqual({ code: 1, faults: [] });
  expect(counts.session).toBe(1);
  expect(report.output).toContain('Test Suites: 1 failed, 1 of 6 total');
});

test('promises compare and print as they do without an AsyncLocalStorage', () => {
  const files = {
    'jest.config.js': "module.exports = { preset: 'jest-loop' };",
    'a.test.js': `test('promises', async () => {
      await null;
      expect({ a: Promise.resolve(1) }).toEqual({ a: Promise.resolve(2) });
      expect({ a: Promise.resolve(1) }).not.toEqual({ a: 1 });
      expect(Object.assign(Promise.resolve(1), { b: 1 })).not.toEqual(Object.assign(Promise.resolve(1), { b: 2 }));
      expect([Promise.resolve(1)]).toMatchInlineSnapshot(\`
[
  Promise {},
]
\`);
    });`,
  };
  const folder = path.join(copies, 'promises');
  fs.mkdirSync(folder);
  for (const [name, text] of Object.entries({ ...files, 'package.json': '{ "name": "promises" }' }))
    fs.writeFileSync(path.join(folder, name), text);
  const report = runJest(folder, { host: HOST });
  expect(report.files['a.test.js']!.tests).toMatchObject([{ status: 'passed', messages: [] }]);
});

describe('the backend chaos on Jest 30.0', () => testChaos({ host: HOST }));
describe('--races on Jest 30.0', () => testRaces({ host: HOST }));

describe('errors after the end of their file on Jest 30.0', () => testLateErrors(HOST));

const onUnix = process.platform === 'win32' ? describe.skip : describe;
onUnix('Ctrl-C on Jest 30.0', () =>
  testInterrupts(
    Object.keys(CASES).filter(name => CASES[name]!.main),
    HOST,
  ),
);

import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { fullDescribe } from '../sizes';
import { KINDS } from './kinds';
import { keepJest, ROOT, runJest } from './run-jest';

keepJest();

/*
 * The examples that need nothing installed in their own folder; `npm run demo` shows them with the others. The fixtures
 * of the one whose workers share a database note what happens in which process.
 */
interface Entry {
  readonly where: string;
  readonly pid: number;
  readonly event: string;
}

function runShared(args: readonly string[]): { passed: number; entries: Entry[] } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'example-'));
  const diary = path.join(folder, 'diary.jsonl');
  try {
    const report = runJest(path.join(ROOT, 'examples/shared'), { args, env: { DEMO_DIARY: diary } });
    const tests = Object.values(report.files).flatMap(file => file.tests);
    // Nor does Jest find anything on the globals of a file that is over.
    expect(report.output).not.toContain('Warning');
    expect([report.code, tests.filter(({ status }) => status !== 'passed')]).toEqual([0, []]);
    const lines = fs.readFileSync(diary, 'utf8').trim().split('\n');
    return { passed: tests.length, entries: lines.map(line => JSON.parse(line) as Entry) };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

const beginning = (entries: readonly Entry[], text: string): Entry[] =>
  entries.filter(({ event }) => event.startsWith(text));

test.each(KINDS)('the database of the shared example, %s', (_, args, workers) => {
  const { passed, entries } = runShared(args);
  expect(passed).toBeGreaterThan(10);
  const [start, end] = [entries[0]!, entries.at(-1)!];
  expect(start.event).toBe('the database starts');
  expect(beginning(entries, 'the database starts')).toHaveLength(1);
  expect(end.event).toMatch(/^the database ends; its schemas were .*worker_1/);
  expect(end.pid).toBe(start.pid);
  const connected = beginning(entries, 'connects');
  expect(connected).toHaveLength(workers);
  expect(new Set(connected.map(({ event }) => event)).size).toBe(workers);
  expect(connected.some(({ pid }) => pid === start.pid)).toBe(workers === 1);
  const left = beginning(entries, 'disconnects').map(({ pid, event }) => [pid, event]);
  const nothing = connected.map(({ pid }) => [pid, 'disconnects; 0 rows are left in its tables']);
  expect(left.sort()).toEqual(nothing.sort());
  expect(beginning(entries, 'rolls back').length).toBeGreaterThan(5);
});

test('the first example', () => {
  const { files } = runJest(path.join(ROOT, 'examples/first'), { args: ['-i'] });
  expect(files['hello.test.js']!.tests.map(({ status }) => status)).toEqual(['passed']);
});

fullDescribe('the example of outages', () => {
  const run = (env: Record<string, string> = {}): [status: string, name: string][] => {
    const { files } = runJest(path.join(ROOT, 'examples/outage'), { args: ['-i'], env });
    return files['test/outage.test.ts']!.tests.map(({ status, name }) => [status, name.split(':')[0]!]);
  };
  const failed = (tests: readonly [string, string][]): string[] =>
    tests.filter(([status]) => status !== 'passed').map(([, name]) => name);

  test('passes with the careful client', () => {
    const tests = run();
    expect([tests.length, failed(tests)]).toEqual([7, []]);
  });

  test('finds what is wrong with the naive one', () => {
    expect(failed(run({ LEDGER: 'naive' }))).toEqual([
      'a cut in the middle of the answer',
      'a network that swallows everything',
    ]);
  });
});

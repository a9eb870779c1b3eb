import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { KINDS } from './kinds';
import { ROOT, runJest } from './run-jest';

/*
 * The example whose workers share a database needs nothing installed; `npm run demo` shows it with the others. Its
 * fixtures note what happens in which process.
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

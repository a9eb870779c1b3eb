import { spawn, spawnSync } from 'node:child_process';
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

describe('what the demo says while it prepares itself', () => {
  const DEMO = path.join(ROOT, 'examples/demo.js');
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'demo-'));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  const npm = (script: string): void =>
    fs.writeFileSync(path.join(folder, 'npm'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const environment = (): NodeJS.ProcessEnv => ({ ...process.env, PATH: folder, Path: folder });

  test.each([
    ['cannot be started', undefined, ''],
    ['fails', 'echo "no network" >&2; exit 7', 'no network\n'],
  ])('npm %s: why, and no stack', (_, script, said) => {
    if (script !== undefined) npm(script);
    const { status, stdout, stderr } = spawnSync(process.execPath, [DEMO], {
      encoding: 'utf8',
      env: environment(),
    });
    expect([status, stdout]).toEqual([1, '']);
    if (process.platform !== 'win32') expect(stderr.startsWith(said)).toBe(true);
    expect(stderr).toMatch(/^The demo cannot start: .+ failed \(.+\)\.\n$/m);
    expect(stderr).not.toMatch(/undefined|^ +at /m);
  });

  (process.platform === 'win32' ? test.skip : test)('npm succeeds: nothing', async () => {
    npm('echo "npm notice"; echo "npm warn" >&2');
    const demo = spawn(process.execPath, [DEMO], { env: environment(), detached: true });
    try {
      const output = await new Promise<string>((resolve, reject) => {
        let text = '';
        const read = (data: Buffer): void => {
          text += data;
          if (text.includes('1. ')) resolve(text);
        };
        for (const stream of [demo.stdout, demo.stderr]) stream.on('data', read);
        demo.on('close', () => reject(new Error(text)));
      });
      expect(output).toMatch(/^\n1\. /);
    } finally {
      // With the Jest of its first chapter.
      if (demo.exitCode === null) process.kill(-demo.pid!, 'SIGKILL');
    }
  });
});

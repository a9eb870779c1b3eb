import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { isAlive } from '../alive';
import type { Report } from './report';

/** What the fixtures and tests of the project `flags` record, in all processes of a run. */
export interface Line {
  readonly pid: number;
  readonly thread: number;
  readonly up?: string;
  readonly down?: string;
  readonly ran?: string;
  readonly needs?: readonly string[];
}

/** A run and what became of its fixtures. */
export interface Recorded {
  readonly report: Report;
  /** Whatever is not as it should be: see `faultsOf`. */
  readonly faults: readonly string[];
  /** How many instances there were of each scope. */
  readonly counts: Readonly<Record<string, number>>;
  /** The tests whose bodies ran, in order of the alphabet. */
  readonly ran: readonly string[];
}

/** Runs with a record; `run` hands the environment on. */
export function recorded(run: (env: Readonly<Record<string, string>>) => Report): Recorded {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'record-'));
  const file = path.join(folder, 'record');
  fs.writeFileSync(file, '');
  try {
    const report = run({ FLAGS_RECORD: file });
    const lines = fs
      .readFileSync(file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line) as Line);
    const counts: Record<string, number> = {};
    for (const { up } of lines) if (up !== undefined) counts[scopeOf(up)] = (counts[scopeOf(up)] ?? 0) + 1;
    const ran = lines.flatMap(({ ran }) => ran ?? []).sort();
    return { report, faults: faultsOf(lines), counts, ran };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/**
 * What is wrong with a run: an instance that did not go down exactly once where it came up, one that went down before
 * what stood on it, one that was used while it was not up, several sessions or several workers in one process, and
 * processes that outlived Jest.
 */
export function faultsOf(lines: readonly Line[]): string[] {
  const faults: string[] = [];
  const open = new Map<string, Line>();
  const known = new Set<string>();
  for (const line of lines) {
    const { up, down, ran, needs = [] } = line;
    for (const need of needs) if (!open.has(need)) faults.push(`${up ?? ran} uses ${need}, which is not up`);
    if (up !== undefined) {
      if (known.has(up)) faults.push(`${up} came up twice`);
      known.add(up);
      for (const [other, { pid, thread }] of open) {
        const same = scopeOf(other) === 'worker' && pid === line.pid && thread === line.thread;
        if (scopeOf(up) === scopeOf(other) && (same || scopeOf(up) === 'session'))
          faults.push(`${up} came up beside ${other}`);
      }
      open.set(up, line);
    }
    if (down !== undefined) {
      const began = open.get(down);
      if (began === undefined) faults.push(`${down} went down though it was not up`);
      else if (began.pid !== line.pid || began.thread !== line.thread)
        faults.push(`${down} went down elsewhere`);
      open.delete(down);
      for (const [other, { needs }] of open)
        if (needs?.includes(down)) faults.push(`${down} went down before ${other}`);
    }
  }
  for (const id of open.keys()) faults.push(`${id} did not go down`);
  for (const pid of new Set(lines.map(({ pid }) => pid)))
    if (!hasEnded(pid)) faults.push(`process ${pid} is alive`);
  return faults;
}

function scopeOf(id: string): string {
  return id.slice(0, id.indexOf(' '));
}

/** Waits for it: a worker whose channel to Jest is closed ends by itself. */
function hasEnded(pid: number): boolean {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let turn = 0; turn < 200; turn++) {
    if (!isAlive(pid)) return true;
    Atomics.wait(pause, 0, 0, 50);
  }
  return false;
}

import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { DurationRow, Row } from '../../src/observe/events/row';
import { inOrder } from '../../src/observe/rows/in-order';
import { Rows } from '../../src/observe/rows/rows';
import { StreamReader } from '../../src/observe/rows/stream-reader';

/** The rows that a timeline page makes of its streams. */
export function rowsOf(page: string): Row[] {
  const rows: Row[] = [];
  const reader = new Rows(row => rows.push(row), '1.0.0');
  const streams = page.matchAll(/<script type="application\/json" data-lane="(.+?)">([\s\S]*?)<\/script>/g);
  inOrder(
    Array.from(
      streams,
      ([, lane, text]) => [lane!, new StreamReader(lane!, JSON.parse).read(text!.split('\n'))] as const,
    ),
    (event, lane) => reader.take(event, lane),
  );
  return [...rows, ...reader.last()];
}

/** The rows of one kind. */
export function only<K extends Row['row']>(rows: readonly Row[], kind: K): Extract<Row, { row: K }>[] {
  return rows.filter((row): row is Extract<Row, { row: K }> => row.row === kind);
}

/** The durations of a fixture. */
export function durationsOf(rows: readonly Row[], name: string): DurationRow {
  const fixture = only(rows, 'fixture').find(each => each.name === name)!;
  return only(rows, 'duration').find(each => each.fixture === fixture.id)!;
}

/** A folder for the timeline, and perhaps for what the tests log, while `use` runs. */
export function inFolder<T>(use: (folder: string) => T): T {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'timeline-'));
  try {
    return use(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

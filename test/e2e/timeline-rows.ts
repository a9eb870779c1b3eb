import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { DurationRow, Row } from '../../src/observe/events/row';

/** The rows of a timeline page. */
export function rowsOf(page: string): Row[] {
  const [, json] = /<script type="application\/json" id="rows">([\s\S]*?)<\/script>/.exec(page)!;
  return (JSON.parse(json!) as (Row | null)[]).filter(row => row !== null);
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

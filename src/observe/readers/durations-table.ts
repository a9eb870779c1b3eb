import type { Id, TimedEvent } from '../events/event';
import type { DurationRow, FixtureRow, PhaseDurations } from '../events/row';
import { Durations } from '../rows/durations';
import type { Print, Reader } from '../rows/reader';
import { showMs } from './show-ms';

const HEADS = [
  ['', 'fixture'],
  ['', 'scope'],
  ['', 'times'],
  ['', 'total'],
  ['set-up:', 'total'],
  ['', 'median'],
  ['', 'slowest'],
  ['teardown:', 'total'],
  ['', 'median'],
  ['', 'slowest'],
  ['', 'share'],
  ['tests', 'using'],
  ['asked', 'first'],
  ['', 'declared at'],
] as const;

const NONE = '–';

/** These columns are text, and begin at the left. */
const TEXTS: ReadonlySet<number> = new Set([0, 1, HEADS.length - 1]);

/** `--durations`: a table of the most expensive fixtures, at the end of the run. */
export class DurationsTable implements Reader {
  readonly #durations = new Durations();

  constructor(
    /** How many fixtures. */
    readonly count: number,
    readonly print: Print,
  ) {}

  take(event: TimedEvent, lane: Id): void {
    this.#durations.take(event, lane);
  }

  end(): void {
    const rows = this.#durations.rows();
    const run = showMs(this.#durations.runTime);
    if (rows.length === 0) {
      this.print(`\nNo fixture was set up in this run of ${run}.\n`);
      return;
    }
    const byId = new Map(this.#durations.fixtures().map(each => [each.id, each]));
    const shown = rows.slice(0, this.count).map(row => cellsOf(row, byId.get(row.fixture)!));
    const title =
      shown.length < rows.length
        ? `The ${shown.length} most expensive of ${rows.length} fixtures`
        : 'All fixtures, the most expensive first';
    this.print(`\n${title}, in a run of ${run}:\n\n${layOut(shown)}\n`);
  }
}

function cellsOf(row: DurationRow, { name, scope, at = '(built in)' }: FixtureRow): string[] {
  // Nothing runs in the teardown of many fixtures.
  const phase = ({ total, median, slowest }: PhaseDurations): string[] =>
    [total, median, slowest].map(ms => (slowest === 0 ? NONE : showMs(ms)));
  return [
    name,
    scope,
    String(row.count),
    showMs(row.total),
    ...phase(row.setUp),
    ...phase(row.tearDown),
    `${(row.share * 100).toFixed(1)} %`,
    String(row.tests),
    String(row.askedFirst),
    at,
  ];
}

function layOut(rows: readonly (readonly string[])[]): string {
  const all = [HEADS.map(([above]) => above), HEADS.map(([, below]) => below), ...rows];
  const widths = HEADS.map((_, at) => Math.max(...all.map(cells => cells[at]!.length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) => (TEXTS.has(at) ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!)))
      .join('  ')
      .trimEnd();
  return all.map(cells => `  ${line(cells)}\n`).join('');
}

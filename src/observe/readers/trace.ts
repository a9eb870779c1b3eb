import * as json from '../../node/json';
import type { Id, ObservedError, TimedEvent } from '../events/event';
import type { InstanceRow, Row } from '../events/row';
import type { Reader } from '../rows/reader';
import { Rows } from '../rows/rows';
import { publish, TextFile } from './text-file';

/*
 * Chrome's trace-event format, which Perfetto reads.
 * https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
 */

/** One event of that format. Times in µs from the beginning of the run. */
interface TraceEvent {
  readonly name: string;
  readonly cat?: string;
  /** `X` complete, `b` and `e` an overlapping span, `i` a moment, `M` a name. */
  readonly ph: 'X' | 'b' | 'e' | 'i' | 'M';
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly id?: string;
  readonly s?: 'p';
  readonly args?: Record<string, unknown>;
}

/** Files, tests and what lives in them; what outlives files has a track of its own. */
const TRACK = 1;
const WIDE_TRACK = 2;

/** `--timeline x.json`. Written as the run goes; complete, and in its place, when the run has ended. */
export class Trace implements Reader {
  readonly #rows: Rows;
  readonly #draft: TextFile;
  readonly #pids = new Map<Id, number>();
  readonly #concurrent = new Set<Id>();
  #begin: number | undefined;

  constructor(
    readonly path: string,
    draft: string,
    version: string,
  ) {
    this.#draft = new TextFile(draft);
    this.#draft.add('{"displayTimeUnit":"ms","traceEvents":[\n');
    this.#rows = new Rows(row => this.#draft.add(this.#text(row)), version);
  }

  take(event: TimedEvent, lane: Id): void {
    this.#begin ??= event.time;
    if (event.type === 'lane') this.#pids.set(lane, this.#pids.size + 1);
    else if (event.type === 'test-begin' && event.concurrent) this.#concurrent.add(event.test);
    this.#rows.take(event, lane);
  }

  end(): void {
    const last = this.#rows.last().map(row => this.#text(row));
    this.#draft.flush();
    publish(this.path, file => {
      file.copy(this.#draft.path);
      for (const text of [...last, this.#end()]) file.add(text);
    });
  }

  /** The last element has no comma after it. */
  #end(): string {
    return `${json.stringify({ name: 'jest-loop', ph: 'M', pid: 0, tid: 0, args: {} })}\n]}\n`;
  }

  #text(row: Row): string {
    return this.#events(row)
      .map(event => `${json.stringify(event)},\n`)
      .join('');
  }

  #events(row: Row): TraceEvent[] {
    switch (row.row) {
      case 'lane': {
        const at = { ph: 'M' as const, pid: this.#pid(row.id) };
        return [
          { ...at, name: 'process_name', tid: TRACK, args: { name: row.name } },
          { ...at, name: 'thread_name', tid: TRACK, args: { name: 'test files' } },
          { ...at, name: 'thread_name', tid: WIDE_TRACK, args: { name: 'fixtures that outlive files' } },
        ];
      }
      case 'file':
        return this.#span(row.path, 'file', row.lane, row, { outcome: row.outcome, ...errorsOf(row.errors) });
      case 'test': {
        const { attempt, at, outcome } = row;
        const args = { attempt, at, outcome, ...errorsOf(row.errors) };
        const id = row.concurrent === true ? row.id : undefined;
        this.#concurrent.delete(row.id);
        const body =
          row.body === undefined
            ? []
            : this.#span('body', 'test', row.lane, { begin: row.body[0], end: row.body[1] }, {}, id);
        return [...this.#span(row.titles.join(' › '), 'test', row.lane, row, args, id), ...body];
      }
      case 'hook':
        return this.#span(row.kind, 'hook', row.lane, row, {
          outcome: row.outcome,
          ...errorsOf(row.error && [row.error]),
        });
      case 'instance':
        return this.#instance(row);
      case 'wait':
        return this.#span(
          'wait',
          'wait',
          row.lane,
          row,
          { for: row.instance, by: row.by ?? row.requester },
          row.requester,
        );
      case 'time-limit': {
        const { phase, limit, waiting, of } = row;
        return [this.#moment(`time limit of ${limit} ms`, row.lane, row.time, { of, phase, waiting })];
      }
      case 'interrupt':
        return [this.#moment('interrupt', row.lane, row.time, {})];
      case 'note':
        return row.lane === undefined ? [] : [this.#moment(row.text, row.lane, this.#begin ?? 0, {})];
      default:
        return [];
    }
  }

  #instance(row: InstanceRow): TraceEvent[] {
    const { id, lane, fixture, param, requestedBy, requester, setUp, tearDown, file } = row;
    const name = this.#rows.nameOf(fixture) + (param === undefined ? '' : `[${param}]`);
    const args = { id, requests: this.#rows.requestsOf(fixture), requestedBy, requester };
    const overlaps = requester !== undefined && this.#concurrent.has(requester) ? id : undefined;
    const track = file === undefined ? WIDE_TRACK : TRACK;
    return [
      ...this.#span(
        `set up ${name}`,
        'set up',
        lane,
        setUp,
        { ...args, outcome: setUp.outcome, ...errorsOf(setUp.errors) },
        overlaps,
        track,
      ),
      ...(tearDown === undefined
        ? []
        : this.#span(
            `tear down ${name}`,
            'tear down',
            lane,
            tearDown,
            { id, outcome: tearDown.outcome, ...errorsOf(tearDown.errors) },
            overlaps,
            track,
          )),
    ];
  }

  #span(
    name: string,
    cat: string,
    lane: Id,
    { begin, end, lost }: { readonly begin: number; readonly end: number; readonly lost?: true },
    args: Record<string, unknown>,
    overlaps?: Id,
    tid: number = TRACK,
  ): TraceEvent[] {
    const pid = this.#pid(lane);
    const shown = lost ? { ...args, lost } : args;
    if (overlaps === undefined)
      return [
        { name, cat, ph: 'X', pid, tid, ts: this.#micros(begin), dur: (end - begin) * 1000, args: shown },
      ];
    const same = { name, cat, pid, tid, id: String(overlaps) };
    return [
      { ...same, ph: 'b', ts: this.#micros(begin), args: shown },
      { ...same, ph: 'e', ts: this.#micros(end) },
    ];
  }

  #moment(name: string, lane: Id, time: number, args: Record<string, unknown>): TraceEvent {
    return { name, ph: 'i', s: 'p', pid: this.#pid(lane), tid: TRACK, ts: this.#micros(time), args };
  }

  #micros(time: number): number {
    return Math.round((time - (this.#begin ?? time)) * 1000);
  }

  #pid(lane: Id): number {
    return this.#pids.get(lane) ?? 0;
  }
}

function errorsOf(errors: readonly ObservedError[] | undefined): { errors?: string[] } {
  return errors === undefined ? {} : { errors: errors.map(({ message }) => message) };
}

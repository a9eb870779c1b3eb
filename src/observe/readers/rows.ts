import type { Id, Outcome, TimedEvent } from '../events/event';
import type { FileRow, HookRow, InstanceRow, LaneRow, Row, TestRow } from '../events/row';
import { Durations } from './durations';
import { Lanes } from './lanes';
import type { Reader } from './reader';
import { shownPath } from './shown-path';

/** A part under way: a row without what only its end tells. */
interface Open<R> {
  readonly row: R;
  readonly file: Id | undefined;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Makes rows of events: passes each on as soon as its part has ended, and keeps only what is under way. */
export class Rows implements Reader {
  readonly #lanes = new Lanes();
  readonly #durations = new Durations();
  readonly #files = new Map<Id, Mutable<FileRow>>();
  readonly #tests = new Map<Id, Open<Mutable<TestRow>>>();
  readonly #hooks = new Map<Id, Mutable<HookRow>>();
  readonly #instances = new Map<Id, Mutable<InstanceRow>>();
  readonly #counts = { files: 0, tests: 0, failed: 0 };
  #root = '';
  #inBand = true;
  #reason: 'done' | 'bail' | 'interrupt' | 'error' = 'done';
  #begin: number | undefined;
  #end = 0;

  constructor(
    readonly add: (row: Row) => void,
    /** Of this package. */
    readonly version: string,
  ) {}

  take(event: TimedEvent, lane: Id): void {
    this.#lanes.take(event, lane);
    this.#durations.take(event, lane);
    this.#begin = Math.min(this.#begin ?? event.time, event.time);
    this.#end = Math.max(this.#end, event.time);
    this.#take(event, lane);
  }

  end(): void {}

  /** What can only be told at the end: what was cut short, the durations, the run. Adds nothing to this object. */
  last(): Row[] {
    return [
      ...this.#cutShort(),
      ...[...this.#lanes.all.values()].map(
        ({ id, name, pid, hasFiles, begin, end }): LaneRow => ({
          row: 'lane',
          id,
          name,
          pid,
          hasFiles,
          begin,
          end,
        }),
      ),
      ...this.#durations.fixtures(),
      ...this.#durations.rows(),
      {
        row: 'run',
        begin: this.#begin ?? this.#end,
        end: this.#end,
        inBand: this.#inBand,
        reason: this.#reason,
        root: this.#root,
        version: this.version,
        counts: { ...this.#counts },
      },
    ];
  }

  /** The name of a {@link FixtureRow}. */
  nameOf(fixture: Id): string {
    return this.#durations.nameOf(fixture);
  }

  #take(event: TimedEvent, lane: Id): void {
    const { time } = event;
    switch (event.type) {
      case 'run-begin':
        this.#inBand = event.inBand === true;
        if (event.root !== undefined) this.#root = event.root;
        break;
      case 'run-end':
        if (event.reason !== undefined && event.reason !== 'done') this.#reason = event.reason;
        break;
      case 'file-begin':
        this.#files.set(event.file, {
          row: 'file',
          id: event.file,
          lane,
          path: shownPath(event.root, event.path),
          ...(event.project !== undefined && { project: event.project }),
          begin: time,
          end: time,
          outcome: 'failed',
        });
        break;
      case 'file-end': {
        const row = this.#files.get(event.file);
        if (row === undefined) break;
        this.#files.delete(event.file);
        this.#counts.files++;
        this.add({
          ...row,
          end: time,
          outcome: event.outcome,
          ...(event.errors && { errors: event.errors }),
        });
        break;
      }
      case 'test-begin':
        this.#tests.set(event.test, {
          file: event.file,
          row: {
            row: 'test',
            id: event.test,
            lane,
            file: event.file,
            titles: event.titles,
            attempt: event.attempt ?? 1,
            ...(event.at !== undefined && { at: event.at }),
            ...(event.concurrent && { concurrent: true }),
            begin: time,
            end: time,
            outcome: 'failed',
          },
        });
        break;
      case 'body-begin':
      case 'body-end': {
        const row = this.#tests.get(event.test)?.row;
        if (row === undefined) break;
        if (event.type === 'body-begin') row.body = [time, time];
        else if (row.body !== undefined) row.body = [row.body[0], time];
        break;
      }
      case 'test-end':
        this.#testEnds(event.test, lane, event.file, event.titles, time, event);
        break;
      case 'hook-begin':
        this.#hooks.set(event.hook, {
          row: 'hook',
          id: event.hook,
          lane,
          file: event.file,
          kind: event.kind,
          ...(event.test !== undefined && { test: event.test }),
          begin: time,
          end: time,
          outcome: 'failed',
        });
        break;
      case 'hook-end': {
        const row = this.#hooks.get(event.hook);
        if (row === undefined) break;
        this.#hooks.delete(event.hook);
        this.add({ ...row, end: time, outcome: event.outcome, ...(event.error && { error: event.error }) });
        break;
      }
      case 'stand-in': {
        const fixture = this.#durations.fixtureOf(event.fixture);
        if (fixture !== undefined) this.add({ row: 'stand-in', id: event.standIn, fixture });
        break;
      }
      case 'stands-for':
        this.add({ row: 'stands-for', standIn: event.standIn, instance: event.instance });
        break;
      case 'set-up-begin': {
        const { instance, param, requests, uses, requester, requestedBy, by, file } = event;
        this.#instances.set(instance, {
          row: 'instance',
          id: instance,
          lane,
          fixture: this.#durations.fixtureOf(event.fixture) ?? '',
          ...(param !== undefined && { param }),
          requests,
          uses,
          ...(requester !== undefined && { requester }),
          requestedBy,
          ...(by !== undefined && { by }),
          ...(file !== undefined && { file }),
          setUp: { begin: time, end: time, outcome: 'failed', lost: true },
        });
        break;
      }
      case 'set-up-end': {
        const row = this.#instances.get(event.instance);
        if (row === undefined) break;
        const { begin } = row.setUp;
        row.setUp = {
          begin,
          end: time,
          outcome: event.outcome,
          ...(event.error && { errors: [event.error] }),
        };
        if (event.outcome === 'failed') this.#finish(event.instance);
        break;
      }
      case 'tear-down-begin': {
        const row = this.#instances.get(event.instance);
        if (row !== undefined) row.tearDown = { begin: time, end: time, outcome: 'failed', lost: true };
        break;
      }
      case 'tear-down-end': {
        const row = this.#instances.get(event.instance);
        if (row?.tearDown === undefined) break;
        const { begin } = row.tearDown;
        row.tearDown = {
          begin,
          end: time,
          outcome: event.outcome,
          ...(event.errors && { errors: event.errors }),
        };
        this.#finish(event.instance);
        break;
      }
      case 'wait':
        this.add({
          row: 'wait',
          lane,
          requester: event.requester,
          ...(event.by !== undefined && { by: event.by }),
          instance: event.instance,
          begin: event.begin,
          end: time,
        });
        break;
      case 'time-limit': {
        const { of, phase, limit, waiting } = event;
        this.add({ row: 'time-limit', lane, time, of, phase, limit, waiting });
        break;
      }
      case 'interrupt':
        this.add({ row: 'interrupt', lane, time });
        break;
    }
  }

  #testEnds(
    id: Id,
    lane: Id,
    file: Id,
    titles: readonly string[] = [],
    time: number,
    end: Pick<TestRow, 'errors' | 'uses'> & { readonly outcome: Outcome },
  ): void {
    const row = this.#tests.get(id)?.row ?? {
      row: 'test' as const,
      id,
      lane,
      file,
      titles,
      attempt: 1,
      begin: time,
    };
    this.#tests.delete(id);
    this.#counts.tests++;
    if (end.outcome === 'failed') this.#counts.failed++;
    const { outcome, errors, uses } = end;
    this.add({ ...row, end: time, outcome, ...(errors && { errors }), ...(uses && { uses }) });
  }

  #finish(instance: Id): void {
    this.add(this.#instances.get(instance)!);
    this.#instances.delete(instance);
  }

  /** What began and has not ended. Most of it is the work of a process that was killed. */
  #cutShort(): Row[] {
    const rows: Row[] = [];
    const endOf = (lane: Id): number => this.#lanes.all.get(lane)?.end ?? this.#end;
    for (const row of [
      ...this.#files.values(),
      ...[...this.#tests.values()].map(open => open.row),
      ...this.#hooks.values(),
    ])
      rows.push({ ...row, end: endOf(row.lane), lost: true });
    for (const row of this.#instances.values()) {
      const phase = row.tearDown ?? row.setUp;
      const lost = { ...phase, end: phase.lost ? endOf(row.lane) : phase.end };
      rows.push(row.tearDown === undefined ? { ...row, setUp: lost } : { ...row, tearDown: lost });
    }
    for (const lane of new Set([...this.#files.values()].map(row => row.lane))) {
      const name = this.#lanes.nameOf(lane);
      rows.push({
        row: 'note',
        lane,
        text: `${name} ended before its test file did: its last events are missing.`,
      });
    }
    return rows;
  }
}

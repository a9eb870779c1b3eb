import type { FileBegin, HookBegin, Id, TestBegin, TestEnd, TimedEvent } from '../events/event';
import type { FileRow, HookRow, LaneRow, Row, RunRow, TestRow } from '../events/row';
import { Durations } from './durations';
import { InstanceRows } from './instance-rows';
import { Lanes } from './lanes';
import type { Reader } from './reader';
import { shownPath, shownPlace } from './shown-path';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Timed = Pick<TimedEvent, 'time'>;

/** Makes rows of events: passes each on as soon as its part has ended, and keeps only what is under way. */
export class Rows implements Reader {
  readonly #lanes = new Lanes();
  readonly #durations = new Durations();
  readonly #files = new Map<Id, FileRow>();
  /** The root of each file's project. */
  readonly #roots = new Map<Id, string>();
  readonly #tests = new Map<Id, Mutable<TestRow>>();
  readonly #hooks = new Map<Id, HookRow>();
  readonly #instances: InstanceRows;
  /** The first attempt, by retries under way. */
  readonly #firsts = new Map<Id, Id>();
  /** The first attempts of the tests whose last one has failed. */
  readonly #failed = new Set<Id>();
  readonly #counts = { files: 0, tests: 0, failed: 0 };
  readonly #run: Mutable<Pick<RunRow, 'root' | 'inBand' | 'reason'>> = {
    root: '',
    inBand: true,
    reason: 'done',
  };
  #begin: number | undefined;
  #end = 0;

  constructor(
    readonly add: (row: Row) => void,
    /** Of this package. */
    readonly version: string,
  ) {
    this.#instances = new InstanceRows(add);
  }

  take(event: TimedEvent, lane: Id): void {
    this.#lanes.take(event, lane);
    this.#durations.take(event, lane);
    this.#begin = Math.min(this.#begin ?? event.time, event.time);
    this.#end = Math.max(this.#end, event.time);
    this.#take(event, lane);
  }

  end(): void {}

  /** What is known only at the end: what was cut short, the durations, the run. Adds nothing to this object. */
  last(): Row[] {
    const lanes = [...this.#lanes.all.values()].map(
      ({ isMain: _, ...lane }): LaneRow => ({ row: 'lane', ...lane }),
    );
    const run: RunRow = {
      row: 'run',
      begin: this.#begin ?? this.#end,
      end: this.#end,
      ...this.#run,
      version: this.version,
      counts: this.#counts,
    };
    return [...this.#cutShort(), ...lanes, ...this.#durations.fixtures(), ...this.#durations.rows(), run];
  }

  /** The name of a fixture's row. */
  nameOf(fixture: Id): string {
    return this.#durations.rowOf(fixture)?.name ?? String(fixture);
  }

  /** The names that such a fixture requests. */
  requestsOf(fixture: Id): readonly string[] {
    return this.#durations.rowOf(fixture)?.requests ?? [];
  }

  #take(event: TimedEvent, lane: Id): void {
    const { time } = event;
    switch (event.type) {
      case 'run-begin':
        this.#run.inBand = event.inBand === true;
        if (event.root !== undefined) this.#run.root = event.root;
        break;
      case 'run-end':
        if (event.reason !== undefined && event.reason !== 'done') this.#run.reason = event.reason;
        break;
      case 'file-begin':
        this.#files.set(event.file, fileRow(event, lane, this.#run.root));
        this.#roots.set(event.file, event.root);
        break;
      case 'file-end': {
        const { outcome, errors } = event;
        this.#roots.delete(event.file);
        this.#counts.files++;
        this.#finish(this.#files, event.file, { end: time, outcome, errors });
        break;
      }
      case 'test-begin':
        this.#tests.set(event.test, testRow(event, lane));
        if (event.first !== undefined) this.#firsts.set(event.test, event.first);
        break;
      case 'body-begin':
      case 'body-end':
        this.#body(event.test, event.type === 'body-begin', time);
        break;
      case 'test-end':
        this.#testEnds(event, lane);
        break;
      case 'hook-begin':
        this.#hooks.set(event.hook, hookRow(event, lane));
        break;
      case 'hook-end': {
        const { outcome, error } = event;
        this.#finish(this.#hooks, event.hook, { end: time, outcome, error });
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
      case 'set-up-begin':
        this.#instances.begin(event, lane, this.#durations.fixtureOf(event.fixture) ?? '');
        break;
      case 'set-up-end':
      case 'tear-down-begin':
      case 'tear-down-end':
        this.#instances.take(event);
        break;
      case 'wait': {
        const { requester, by, instance, begin } = event;
        this.add({ row: 'wait', lane, requester, by, instance, begin, end: time });
        break;
      }
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

  #body(test: Id, begins: boolean, time: number): void {
    const row = this.#tests.get(test);
    if (row === undefined) return;
    if (begins) row.body = [time, time];
    else if (row.body !== undefined) row.body = [row.body[0], time];
  }

  #testEnds(event: TestEnd & Timed, lane: Id): void {
    const { test, file, titles = [], time, outcome, errors, uses } = event;
    // A retry is the same test.
    const first = this.#firsts.get(test);
    this.#firsts.delete(test);
    if (first === undefined) this.#counts.tests++;
    if (outcome === 'failed') this.#failed.add(first ?? test);
    else this.#failed.delete(first ?? test);
    this.#counts.failed = this.#failed.size;
    // A test that did not run has not begun.
    if (!this.#tests.has(test))
      this.#tests.set(test, testRow({ type: 'test-begin', test, file, titles, time }, lane));
    const place = event.at ?? this.#tests.get(test)!.at;
    const root = this.#roots.get(file);
    const at = place && root && shownPlace(place, root, this.#run.root);
    this.#finish(this.#tests, test, { end: time, outcome, errors, uses, at });
  }

  /** Adds a row with what its end tells. */
  #finish<R extends Row>(open: Map<Id, R>, id: Id, end: Partial<R>): void {
    const row = open.get(id);
    open.delete(id);
    if (row !== undefined) this.add(Object.assign(row, end));
  }

  /** What has begun and not ended: most of it is the work of a process that was killed. */
  #cutShort(): Row[] {
    const endOf = (lane: Id): number => this.#lanes.all.get(lane)?.end ?? this.#end;
    const open = [...this.#files.values(), ...this.#tests.values(), ...this.#hooks.values()];
    const lanes = new Set([...this.#files.values()].map(({ lane }) => lane));
    return [
      ...open.map((row): Row => ({ ...row, end: endOf(row.lane), lost: true })),
      ...this.#instances.cutShort(endOf),
      ...[...lanes].map((lane): Row => {
        const name = this.#lanes.nameOf(lane);
        return {
          row: 'note',
          lane,
          text: `${name} ended before its test file did: its last events are missing.`,
        };
      }),
    ];
  }
}

function fileRow({ file, root, path, project, time }: FileBegin & Timed, lane: Id, runRoot: string): FileRow {
  return {
    row: 'file',
    id: file,
    lane,
    path: shownPath(path, runRoot, root),
    project,
    begin: time,
    end: time,
    outcome: 'failed',
  };
}

function testRow(
  { test, file, titles, attempt, at, concurrent, time }: TestBegin & Timed,
  lane: Id,
): TestRow {
  return {
    row: 'test',
    id: test,
    lane,
    file,
    titles,
    attempt: attempt ?? 1,
    at,
    concurrent,
    begin: time,
    end: time,
    outcome: 'failed',
  };
}

function hookRow({ hook, file, kind, test, time }: HookBegin & Timed, lane: Id): HookRow {
  return {
    row: 'hook',
    id: hook,
    lane,
    file,
    kind,
    test,
    begin: time,
    end: time,
    outcome: 'failed',
  };
}

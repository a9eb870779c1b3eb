import { getOrMake } from '../../util/get-or-make';
import type { FixtureEvent, Id, TimedEvent } from '../events/event';
import type { DurationRow, FixtureRow, PhaseDurations } from '../events/row';
import { Histogram } from './histogram';
import { Lanes } from './lanes';
import { OncePerTest } from './once-per-test';
import type { Reader } from './reader';
import { shownPath } from './shown-path';

/** What is known of one declaration, in all processes. */
interface Stats {
  readonly row: FixtureRow;
  readonly setUps: Histogram;
  readonly tearDowns: Histogram;
  tests: number;
  askedFirst: number;
}

/** A phase under way. */
interface Running {
  readonly stats: Stats;
  readonly begin: number;
  /** The time spent waiting for other set-ups. */
  waited: number;
  waitedUntil: number;
}

/** Adds up what each fixture has cost. Its memory grows with the declarations, not with the tests. */
export class Durations implements Reader {
  readonly #lanes = new Lanes();
  readonly #all = new Map<string, Stats>();
  readonly #rows = new Map<Id, FixtureRow>();
  readonly #byId = new Map<Id, Stats>();
  readonly #running = new Map<Id, Running>();
  /** By instance or stand-in: what the file under way uses, and what outlives files. */
  readonly #ofFiles = new Map<Id, Map<Id, Stats>>();
  readonly #wide = new Map<Id, Stats>();
  readonly #fileOf = new Map<Id, Id>();
  /** The fixtures of the files under way. */
  readonly #ids = new Map<Id, Id[]>();
  readonly #once = new OncePerTest<Stats>();
  #root = '';
  #begin: number | undefined;
  #end = 0;

  take(event: TimedEvent, lane: Id): void {
    this.#lanes.take(event, lane);
    this.#begin ??= event.time;
    this.#end = Math.max(this.#end, event.time);
    this.#once.begins(event);
    this.#take(event, lane);
    this.#once.ends(event);
  }

  #take(event: TimedEvent, lane: Id): void {
    switch (event.type) {
      case 'run-begin':
        this.#root = event.root ?? '';
        break;
      case 'file-begin':
        this.#ofFiles.set(event.file, new Map());
        this.#fileOf.set(lane, event.file);
        break;
      case 'file-end':
        for (const id of this.#idsOf(event.file)) this.#byId.delete(id);
        this.#ids.delete(event.file);
        this.#ofFiles.delete(event.file);
        break;
      case 'fixture':
        if (event.file !== undefined) this.#idsOf(event.file).push(event.fixture);
        this.#byId.set(event.fixture, this.#statsOf(event));
        break;
      case 'stand-in':
        this.#note(this.#fileOf.get(lane), event.standIn, event.fixture);
        break;
      case 'set-up-begin': {
        const stats = this.#note(event.file, event.instance, event.fixture);
        if (stats === undefined) break;
        this.#running.set(event.instance, { stats, begin: event.time, waited: 0, waitedUntil: 0 });
        if (event.requester === undefined || this.#once.asks(event.requester, stats)) stats.askedFirst++;
        break;
      }
      case 'wait': {
        const running = event.by === undefined ? undefined : this.#running.get(event.by);
        if (running === undefined) break;
        running.waited += Math.max(0, event.time - Math.max(event.begin, running.waitedUntil));
        running.waitedUntil = event.time;
        break;
      }
      case 'set-up-end': {
        const running = this.#over(event.instance);
        running?.stats.setUps.add(event.time - running.begin - running.waited);
        break;
      }
      case 'tear-down-begin': {
        const stats = this.#find(event.instance);
        if (stats !== undefined)
          this.#running.set(event.instance, { stats, begin: event.time, waited: 0, waitedUntil: 0 });
        break;
      }
      case 'tear-down-end': {
        const running = this.#over(event.instance);
        if (running === undefined) this.#find(event.instance)?.tearDowns.add(0);
        else running.stats.tearDowns.add(event.time - running.begin - running.waited);
        this.#wide.delete(event.instance);
        break;
      }
      case 'test-end':
        for (const stats of (event.uses ?? []).map(id => this.#find(id))) {
          if (stats !== undefined && this.#once.uses(event.test, stats)) stats.tests++;
        }
        break;
    }
  }

  end(): void {}

  /** The declarations that were used. */
  fixtures(): FixtureRow[] {
    return [...this.#all.values()].map(({ row }) => row);
  }

  /** The table, the most expensive first. */
  rows(): DurationRow[] {
    const run = this.#end - (this.#begin ?? this.#end);
    const lanes = [...this.#lanes.all.values()].filter(({ hasFiles }) => hasFiles).length;
    const available = Math.max(1e-9, run * Math.max(1, lanes));
    const rows = [...this.#all.values()].map(({ row, setUps, tearDowns, tests, askedFirst }): DurationRow => {
      const total = setUps.total + tearDowns.total;
      return {
        row: 'duration',
        fixture: row.id,
        count: setUps.count,
        total,
        setUp: phaseOf(setUps),
        tearDown: phaseOf(tearDowns),
        share: total / available,
        tests,
        askedFirst,
      };
    });
    return rows.filter(({ count }) => count > 0).sort((a, b) => b.total - a.total);
  }

  /** How long the run took, in ms. */
  get runTime(): number {
    return this.#end - (this.#begin ?? this.#end);
  }

  /** The same declaration has another id in each process, and in each file. */
  fixtureOf(fixture: Id): Id | undefined {
    return this.#byId.get(fixture)?.row.id;
  }

  /** The row of that id. */
  rowOf(id: Id): FixtureRow | undefined {
    return this.#rows.get(id);
  }

  #statsOf({ name, scope, at, path, auto, requests }: FixtureEvent): Stats {
    return getOrMake(this.#all, `${name}\0${path ?? ''}\0${at ?? ''}\0${scope}`, () => {
      const id = `f${this.#all.size + 1}`;
      const shown = this.#placeOf(at, path);
      const more = { ...(shown !== undefined && { at: shown }), ...(auto && { auto }) };
      const row: FixtureRow = { row: 'fixture', id, name, scope, ...more, requests };
      this.#rows.set(id, row);
      return {
        row,
        setUps: new Histogram(),
        tearDowns: new Histogram(),
        tests: 0,
        askedFirst: 0,
      };
    });
  }

  /** The place relative to the root of the run, not to that of its project. */
  #placeOf(at: string | undefined, path: string | undefined): string | undefined {
    if (at === undefined || path === undefined) return at;
    const shown = shownPath(path, this.#root);
    return shown === path ? at : shown + at.slice(at.lastIndexOf(':'));
  }

  #idsOf(file: Id): Id[] {
    return getOrMake(this.#ids, file, () => []);
  }

  #note(file: Id | undefined, instance: Id, fixture: Id): Stats | undefined {
    const stats = this.#byId.get(fixture);
    const ofFile = file === undefined ? undefined : this.#ofFiles.get(file);
    if (stats !== undefined) (ofFile ?? this.#wide).set(instance, stats);
    return stats;
  }

  #find(instance: Id): Stats | undefined {
    const wide = this.#wide.get(instance);
    if (wide !== undefined) return wide;
    for (const instances of this.#ofFiles.values()) {
      const found = instances.get(instance);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #over(instance: Id): Running | undefined {
    const running = this.#running.get(instance);
    this.#running.delete(instance);
    return running;
  }
}

function phaseOf({ total, median, slowest }: Histogram): PhaseDurations {
  return { total, median, slowest };
}

import { getOrMake } from '../../../util/get-or-make';
import type { Id } from '../../events/event';
import type {
  DurationRow,
  FileRow,
  FixtureRow,
  HookRow,
  InstanceRow,
  LaneRow,
  Row,
  RunRow,
  TestRow,
  TimeLimitRow,
} from '../../events/row';
import { type Part, partsOf } from './parts';
import { lostId } from './text';

/** A limit that expired. `time` is in ms since the begin of the run. */
export interface Expired extends TimeLimitRow {
  readonly name: string;
}

/** The rows of a run, joined by their ids. */
export class Model {
  readonly run: RunRow;
  readonly lanes: readonly LaneRow[];
  readonly notes: readonly string[];
  /** The most expensive fixture first. */
  readonly durations: readonly DurationRow[];
  /** In ms since the begin of the run. */
  readonly interrupts: readonly number[];
  readonly expired: readonly Expired[];
  readonly parts: readonly Part[];
  readonly fixtures: ReadonlyMap<Id, FixtureRow>;
  readonly instances: ReadonlyMap<Id, InstanceRow>;
  readonly tests: ReadonlyMap<Id, TestRow>;
  readonly hooks: ReadonlyMap<Id, HookRow>;
  readonly files: ReadonlyMap<Id, FileRow>;
  /** The fixture of each stand-in, and the instance that it stands for where that is known. */
  readonly #fixtureOf: ReadonlyMap<Id, Id>;
  readonly #instanceOf: ReadonlyMap<Id, Id>;
  /** Only details need it, so it is made for the first of them. */
  #users: ReadonlyMap<Id, readonly Id[]> | undefined;

  constructor(rows: readonly Row[]) {
    const byKind = new Map<Row['row'], Row[]>();
    for (const row of rows) getOrMake(byKind, row.row, () => []).push(row);
    const all = <K extends Row['row']>(kind: K): Extract<Row, { row: K }>[] =>
      (byKind.get(kind) ?? []) as Extract<Row, { row: K }>[];
    const [run] = all('run');
    if (run === undefined) throw new Error('This page does not hold a whole run.');
    this.run = run;
    this.notes = all('note').map(({ text }) => text);
    this.durations = all('duration');
    this.interrupts = all('interrupt').map(({ time }) => time - run.begin);
    this.fixtures = byId(all('fixture'));
    this.instances = byId(all('instance'));
    this.tests = byId(all('test'));
    this.hooks = byId(all('hook'));
    this.files = byId(all('file'));
    this.#fixtureOf = new Map(all('stand-in').map(({ id, fixture }) => [id, fixture]));
    this.#instanceOf = new Map(all('stands-for').map(({ standIn, instance }) => [standIn, instance]));
    const busy = new Set<Id>();
    for (const { lane } of this.instances.values()) busy.add(lane);
    this.lanes = all('lane')
      .filter(({ id, hasFiles }) => hasFiles || busy.has(id))
      .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
    this.expired = all('time-limit').map(row => ({
      ...row,
      time: row.time - run.begin,
      name: this.nameOf(row.of),
    }));
    this.parts = partsOf(this, all('wait'));
  }

  /** How long the run took, in ms. */
  get length(): number {
    return Math.max(1, this.run.end - this.run.begin);
  }

  laneName(lane: Id): string {
    return this.lanes.find(({ id }) => id === lane)?.name ?? 'another process';
  }

  /** The instance of an id, which may be a stand-in's. */
  instance(id: Id): InstanceRow | undefined {
    return this.instances.get(this.#instanceOf.get(id) ?? id);
  }

  /** The name of a test, hook, file, instance or stand-in. */
  nameOf(id: Id): string {
    const test = this.tests.get(id);
    if (test !== undefined) {
      const name = test.titles.join(' › ');
      return test.attempt > 1 ? `${name} (attempt ${test.attempt})` : name;
    }
    const instance = this.instance(id);
    const fixture = this.fixtures.get(instance?.fixture ?? this.#fixtureOf.get(id) ?? '');
    if (fixture !== undefined)
      return instance?.param === undefined ? fixture.name : `${fixture.name}[${instance.param}]`;
    return this.hooks.get(id)?.kind ?? this.files.get(id)?.path ?? lostId(id);
  }

  /** The tests and instances that use an instance, directly or through a stand-in. */
  usersOf(instance: Id): readonly Id[] {
    this.#users ??= this.#allUsers();
    return this.#users.get(instance) ?? [];
  }

  #allUsers(): Map<Id, Id[]> {
    const users = new Map<Id, Id[]>();
    for (const rows of [this.instances, this.tests])
      for (const { id, uses = [] } of rows.values())
        for (const used of uses) getOrMake(users, this.instance(used)?.id ?? used, () => []).push(id);
    return users;
  }
}

function byId<T extends { readonly id: Id }>(rows: readonly T[]): Map<Id, T> {
  const map = new Map<Id, T>();
  for (const row of rows) map.set(row.id, row);
  return map;
}

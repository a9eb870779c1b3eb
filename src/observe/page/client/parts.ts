import type { Id, ObservedError, Outcome } from '../../events/event';
import type {
  FileRow,
  HookRow,
  InstancePhase,
  InstanceRow,
  RunRow,
  TestRow,
  WaitRow,
} from '../../events/row';

/** One rectangle of the picture. Times in ms since the start of the run. */
export interface Part {
  readonly kind: 'file' | 'test' | 'body' | 'hook' | 'set-up' | 'teardown' | 'wait';
  /** Of the file, test, hook or instance. */
  readonly id: Id;
  readonly lane: Id;
  readonly name: string;
  readonly begin: number;
  readonly end: number;
  readonly failed: boolean;
  /** Its process was killed, or the run ended, before it did. */
  readonly lost: boolean;
  readonly outcome?: Outcome | undefined;
  readonly errors: readonly ObservedError[];
  /** The test file that it belongs to. */
  readonly file?: Id | undefined;
  /** What search looks through, in lower case. */
  readonly text: string;
}

/** The rows that parts are made from. */
interface Rows {
  readonly run: RunRow;
  readonly files: ReadonlyMap<Id, FileRow>;
  readonly tests: ReadonlyMap<Id, TestRow>;
  readonly hooks: ReadonlyMap<Id, HookRow>;
  readonly instances: ReadonlyMap<Id, InstanceRow>;
  nameOf(id: Id): string;
}

/** What a part is made of. */
interface Source {
  readonly id: Id;
  readonly lane: Id;
  readonly file?: Id | undefined;
  readonly name: string;
}

/** What rows say of the end of something. */
interface Span {
  readonly begin: number;
  readonly end: number;
  readonly lost?: true;
  readonly outcome?: Outcome;
  readonly errors?: readonly ObservedError[];
}

const NONE: readonly ObservedError[] = [];

/** There may be a hundred thousand of them before the first is drawn: what only a search needs is made for the first one. */
class ReadPart implements Part {
  readonly id: Id;
  readonly lane: Id;
  readonly name: string;
  readonly begin: number;
  readonly end: number;
  readonly failed: boolean;
  readonly lost: boolean;
  readonly outcome: Outcome | undefined;
  readonly errors: readonly ObservedError[];
  readonly file: Id | undefined;
  readonly #path: string;
  #text: string | undefined;

  constructor(
    readonly kind: Part['kind'],
    { id, lane, file, name }: Source,
    { begin, end, lost, outcome, errors = NONE }: Span,
    runBegin: number,
    path: string,
  ) {
    this.id = id;
    this.lane = lane;
    this.name = name;
    this.begin = begin - runBegin;
    this.end = Math.max(begin, end) - runBegin;
    this.failed = outcome === 'failed';
    this.lost = lost === true;
    this.outcome = outcome;
    this.errors = errors;
    this.file = file;
    this.#path = path;
  }

  get text(): string {
    this.#text ??= `${this.kind} ${this.name} ${this.#path}${this.failed ? ' failed' : ''}`.toLowerCase();
    return this.#text;
  }
}

/** The parts of a run, in the order of their begin; of two that begin together the longer comes first. */
export function partsOf(rows: Rows, waits: readonly WaitRow[]): Part[] {
  const parts: Part[] = [];
  const { run, files, tests, hooks, instances } = rows;
  const add = (kind: Part['kind'], source: Source, span: Span): void => {
    const path = source.file === undefined ? '' : (files.get(source.file)?.path ?? '');
    parts.push(new ReadPart(kind, source, span, run.begin, path));
  };
  for (const row of files.values()) add('file', { id: row.id, lane: row.lane, name: row.path }, row);
  for (const row of tests.values()) {
    const source = { id: row.id, lane: row.lane, file: row.file, name: rows.nameOf(row.id) };
    add('test', source, row);
    if (row.body !== undefined) add('body', source, { begin: row.body[0], end: row.body[1] });
  }
  for (const row of hooks.values()) {
    const source = { id: row.id, lane: row.lane, file: row.file, name: row.kind };
    add('hook', source, { ...row, errors: row.error === undefined ? [] : [row.error] });
  }
  for (const row of instances.values()) {
    const source = { id: row.id, lane: row.lane, file: row.file, name: rows.nameOf(row.id) };
    const phase = (kind: Part['kind'], span: InstancePhase): void => add(kind, source, span);
    phase('set-up', row.setUp);
    if (row.tearDown !== undefined) phase('teardown', row.tearDown);
  }
  for (const row of waits) {
    const file = tests.get(row.requester)?.file ?? hooks.get(row.requester)?.file;
    add(
      'wait',
      { id: row.by ?? row.requester, lane: row.lane, file, name: `for ${rows.nameOf(row.instance)}` },
      row,
    );
  }
  return parts.sort((a, b) => a.begin - b.begin || b.end - a.end);
}

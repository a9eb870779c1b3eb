import type { Id, ObservedError, Outcome } from '../../events/event';
import type { FileRow, HookRow, InstanceRow, RunRow, TestRow, WaitRow } from '../../events/row';

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

/** What parts are made of. */
type Source = FileRow | TestRow | HookRow | InstanceRow | WaitRow;

/** What rows say of the end of something. */
interface Span {
  readonly begin: number;
  readonly end: number;
  readonly lost?: true;
  readonly outcome?: Outcome;
  readonly errors?: readonly ObservedError[];
  readonly error?: ObservedError | undefined;
}

const NONE: readonly ObservedError[] = [];

/** There may be a hundred thousand of them before the first is drawn: what the picture need not know is read later. */
class ReadPart implements Part {
  readonly begin: number;
  readonly end: number;
  readonly #row: Source;
  readonly #span: Span;
  readonly #rows: Rows;
  #text: string | undefined;

  constructor(
    readonly kind: Part['kind'],
    row: Source,
    span: Span,
    rows: Rows,
  ) {
    this.#row = row;
    this.#span = span;
    this.#rows = rows;
    this.begin = span.begin - rows.run.begin;
    this.end = Math.max(span.begin, span.end) - rows.run.begin;
  }

  get id(): Id {
    const row = this.#row;
    return row.row === 'wait' ? (row.by ?? row.requester) : row.id;
  }

  get lane(): Id {
    return this.#row.lane;
  }

  get name(): string {
    const row = this.#row;
    return row.row === 'wait' ? `for ${this.#rows.nameOf(row.instance)}` : this.#rows.nameOf(row.id);
  }

  get failed(): boolean {
    return this.#span.outcome === 'failed';
  }

  get lost(): boolean {
    return this.#span.lost === true;
  }

  get outcome(): Outcome | undefined {
    return this.#span.outcome;
  }

  get errors(): readonly ObservedError[] {
    const { errors = NONE, error } = this.#span;
    return error === undefined ? errors : [error];
  }

  get file(): Id | undefined {
    const row = this.#row;
    const { tests, hooks } = this.#rows;
    if (row.row === 'wait') return tests.get(row.requester)?.file ?? hooks.get(row.requester)?.file;
    return row.row === 'file' ? undefined : row.file;
  }

  get text(): string {
    if (this.#text === undefined) {
      const { kind, name, file = '', failed } = this;
      const path = this.#rows.files.get(file)?.path ?? '';
      this.#text = `${kind} ${name} ${path}${failed ? ' failed' : ''}`.toLowerCase();
    }
    return this.#text;
  }
}

/** The parts of a run, in the order of their begin; of two that begin together the longer comes first. */
export function partsOf(rows: Rows, waits: readonly WaitRow[]): Part[] {
  const parts: Part[] = [];
  const { files, tests, hooks, instances } = rows;
  const add = (kind: Part['kind'], row: Source, span: Span): unknown =>
    parts.push(new ReadPart(kind, row, span, rows));
  for (const row of files.values()) add('file', row, row);
  for (const row of tests.values()) {
    add('test', row, row);
    if (row.body !== undefined) add('body', row, { begin: row.body[0], end: row.body[1] });
  }
  for (const row of hooks.values()) add('hook', row, row);
  for (const row of instances.values()) {
    add('set-up', row, row.setUp);
    if (row.tearDown !== undefined) add('teardown', row, row.tearDown);
  }
  for (const row of waits) add('wait', row, row);
  return parts.sort((a, b) => a.begin - b.begin || b.end - a.end);
}

import type { Id, TimedEvent } from '../events/event';
import type { Row } from '../events/row';
import { pageFoot, pageHead, pageRows } from '../page/page';
import type { Reader } from './reader';
import { Rows } from './rows';
import { publish, TextFile } from './text-file';

/** How many rows are written at once: one by one they take longer. */
const FULL = 200;

/** `--timeline`: one HTML page. Written as the run goes; complete, and in its place, when the run has ended. */
export class TimelinePage implements Reader {
  readonly #rows: Rows;
  readonly #draft: TextFile;
  #kept: Row[] = [];

  constructor(
    readonly path: string,
    draft: string,
    version: string,
  ) {
    this.#draft = new TextFile(draft);
    this.#draft.add(pageHead());
    this.#rows = new Rows(row => this.#add(row), version);
  }

  take(event: TimedEvent, lane: Id): void {
    this.#rows.take(event, lane);
  }

  end(): void {
    this.#write();
    publish(this.#draft, this.path, [pageRows(this.#rows.last()), pageFoot()]);
  }

  #add(row: Row): void {
    if (this.#kept.push(row) >= FULL) this.#write();
  }

  #write(): void {
    const rows = this.#kept;
    this.#kept = [];
    this.#draft.add(pageRows(rows));
  }
}

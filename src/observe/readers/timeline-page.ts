import type { Id, TimedEvent } from '../events/event';
import type { Row } from '../events/row';
import { pageFoot, pageHead, pageRow } from '../page/page';
import type { Reader } from './reader';
import { Rows } from './rows';
import { publish, TextFile } from './text-file';

/** `--timeline`: one HTML page. Written as the run goes; complete, and in its place, when the run has ended. */
export class TimelinePage implements Reader {
  readonly #rows: Rows;
  readonly #draft: TextFile;

  constructor(
    readonly path: string,
    draft: string,
    version: string,
  ) {
    this.#draft = new TextFile(draft);
    this.#draft.add(pageHead());
    this.#rows = new Rows(row => this.#draft.add(pageRow(row)), version);
  }

  take(event: TimedEvent, lane: Id): void {
    this.#rows.take(event, lane);
  }

  end(): void {
    publish(this.#draft, this.path, [...this.#rows.last().map((row: Row) => pageRow(row)), pageFoot()]);
  }
}

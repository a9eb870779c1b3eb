import * as json from '../../node/json';
import { now } from '../../process/real-time';
import type { HappenedEvent, Id } from '../events/event';
import { MARK } from '../events/marks';
import { NumberText } from './number-text';

/** After so many digits a line is full. */
const MOST = 16 * 1024;
/** How many more numbers an event may have. */
const LONGEST = 128;

/** A line of a stream as it grows. See ../events/marks.ts. */
export class LineWriter {
  /** The time of the last event. */
  time = 0;
  readonly #numbers = new NumberText(MOST, LONGEST);
  #values: unknown[] = [];
  /** The time of the first event. */
  #begin = 0;
  /** The µs from that to the last one. */
  #last = 0;
  #lastId = 0;

  /** Whether these ids may be added to a mark. */
  static takes(ids: readonly Id[]): ids is readonly number[] {
    if (ids.length > LONGEST - 8) return false;
    for (let i = 0; i < ids.length; i++) if (typeof ids[i] !== 'number') return false;
    return true;
  }

  get isEmpty(): boolean {
    return this.#numbers.length === 0;
  }

  get isFull(): boolean {
    return this.#numbers.length > MOST;
  }

  /** Something happens now. */
  mark(mark: number, id: number): void {
    this.#begins(mark);
    this.id(id);
  }

  event(event: HappenedEvent): void {
    this.#begins(MARK.event);
    this.#values.push(event);
  }

  /** Adds a value to a mark. */
  value(value: string): void {
    this.#values.push(value);
  }

  /** Adds an id to a mark. */
  id(id: number): void {
    this.#numbers.add(id - this.#lastId);
    this.#lastId = id;
  }

  /** Adds ids to a mark, after their number. */
  ids(ids: readonly number[]): void {
    this.#numbers.add(ids.length);
    for (let i = 0; i < ids.length; i++) this.id(ids[i]!);
  }

  /** Gives the line, and begins another one. `epoch` is when the clock began, in ms since the epoch. */
  end(epoch: number): string {
    const time = Math.round((epoch + this.#begin) * 1000) / 1000;
    const numbers = this.#numbers.end();
    const values = this.#values;
    this.#values = [];
    this.#last = 0;
    this.#lastId = 0;
    return `[${time},"${numbers}",${json.stringify(values).replaceAll('<', '\\u003c')}]\n`;
  }

  #begins(mark: number): void {
    const time = now();
    if (this.isEmpty) this.#begin = time;
    const since = Math.round((time - this.#begin) * 1000);
    this.#numbers.add(since - this.#last);
    this.#numbers.add(mark);
    this.time = time;
    this.#last = since;
  }
}

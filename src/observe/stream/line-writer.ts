import * as json from '../../node/json';
import type { HappenedEvent, Id } from '../events/event';
import { MARK } from '../events/marks';

/** How many numbers a line may have, and how many of them an event. */
const MOST = 8 * 1024;
const LONGEST = 128;

/** The ms from an event to the next one in the same line, at most. */
const LONGEST_GAP = 1_000_000;

/** A line of a stream as it grows. See ../events/marks.ts. */
export class LineWriter {
  readonly #numbers = new Int32Array(MOST + LONGEST);
  #length = 0;
  #values: unknown[] = [];
  /** The time of the first event. */
  #begin = 0;
  #time = 0;
  /** The µs from that to the last one. */
  #last = 0;
  #lastId = 0;

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  get isFull(): boolean {
    return this.#length > MOST;
  }

  /** Whether these ids may be added to a mark. */
  static takes(ids: readonly Id[]): ids is readonly number[] {
    if (ids.length > LONGEST - 8) return false;
    for (let i = 0; i < ids.length; i++) if (typeof ids[i] !== 'number') return false;
    return true;
  }

  /** The time of the last event. */
  get time(): number {
    return this.#time;
  }

  /** Whether an event at this time may stand in the line. */
  reaches(time: number): boolean {
    return this.#length === 0 || time - this.#time < LONGEST_GAP;
  }

  mark(time: number, mark: number, id: number): void {
    if (this.#length === 0) this.#begin = time;
    this.#time = time;
    const since = Math.round((time - this.#begin) * 1000);
    const at = this.#length;
    this.#numbers[at] = since - this.#last;
    this.#numbers[at + 1] = mark;
    this.#numbers[at + 2] = id - this.#lastId;
    this.#length = at + 3;
    this.#last = since;
    this.#lastId = id;
  }

  event(time: number, event: HappenedEvent): void {
    this.mark(time, MARK.event, this.#lastId);
    this.#length--;
    this.#values.push(event);
  }

  /** Adds a value to a mark. */
  value(value: string): void {
    this.#values.push(value);
  }

  /** Adds an id to a mark. */
  id(id: number): void {
    this.#numbers[this.#length++] = id - this.#lastId;
    this.#lastId = id;
  }

  /** Adds ids to a mark, after their number. */
  ids(ids: readonly number[]): void {
    this.#numbers[this.#length++] = ids.length;
    for (let i = 0; i < ids.length; i++) this.id(ids[i]!);
  }

  /** Gives the line, and begins another one. `epoch` is when the clock began, in ms since the epoch. */
  end(epoch: number): string {
    const time = Math.round((epoch + this.#begin) * 1000) / 1000;
    const numbers = this.#numbers.subarray(0, this.#length).join();
    const values = this.#values;
    this.#length = 0;
    this.#values = [];
    this.#last = 0;
    this.#lastId = 0;
    return `[${time},[${numbers}],${json.stringify(values).replaceAll('<', '\\u003c')}]\n`;
  }
}

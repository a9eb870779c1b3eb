import * as json from '../../node/json';
import { now } from '../../process/real-time';
import type { HappenedEvent, Id } from '../events/event';
import { MARK } from '../events/marks';
import { NumberText } from './number-text';

/** How many numbers a line may have, and how many of them an event. */
const MOST = 8 * 1024;
const LONGEST = 128;

/** A line of a stream as it grows. See ../events/marks.ts. */
export class LineWriter {
  /** The time of the last event. */
  time = 0;
  /** How many numbers it has. */
  length = 0;
  /** After so many it is full. */
  readonly most = MOST;
  readonly #numbers = new Float64Array(MOST + LONGEST);
  readonly #text = new NumberText(MOST + LONGEST);
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

  /** Something happens now. */
  mark(mark: number, id: number): void {
    const at = this.length;
    const time = now();
    if (at === 0) this.#begin = time;
    const since = Math.round((time - this.#begin) * 1000);
    this.#numbers[at] = since - this.#last;
    this.#numbers[at + 1] = mark;
    this.#numbers[at + 2] = id - this.#lastId;
    this.time = time;
    this.length = at + 3;
    this.#last = since;
    this.#lastId = id;
  }

  event(event: HappenedEvent): void {
    this.mark(MARK.event, this.#lastId);
    this.length--;
    this.#values.push(event);
  }

  /** Adds a value to a mark. */
  value(value: string): void {
    this.#values.push(value);
  }

  /** Adds an id to a mark. */
  id(id: number): void {
    this.#numbers[this.length++] = id - this.#lastId;
    this.#lastId = id;
  }

  /** Adds ids to a mark, after their number. */
  ids(ids: readonly number[]): void {
    this.#numbers[this.length++] = ids.length;
    for (let i = 0; i < ids.length; i++) this.id(ids[i]!);
  }

  /** Gives the line, and begins another one. `epoch` is when the clock began, in ms since the epoch. */
  end(epoch: number): string {
    const time = Math.round((epoch + this.#begin) * 1000) / 1000;
    const numbers = this.#text.of(this.#numbers, this.length);
    const values = this.#values;
    this.length = 0;
    this.#values = [];
    this.#last = 0;
    this.#lastId = 0;
    return `[${time},"${numbers}",${json.stringify(values).replaceAll('<', '\\u003c')}]\n`;
  }
}

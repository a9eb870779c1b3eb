import type { HappenedEvent, Id, TestBegin, TimedEvent } from '../events/event';
import { type Line, MARK, phaseEvent } from '../events/marks';
import { readNumbers } from './read-numbers';

/** Reads a line of a stream. See ../events/marks.ts. */
export class LineReader {
  readonly #numbers: readonly number[];
  readonly #values: Iterator<unknown>;
  #at = 0;
  #time: number;
  #since = 0;
  #lastId = 0;
  /** The last test that has begun. */
  #test: Pick<TestBegin, 'test' | 'file' | 'titles'> | undefined;

  constructor([time, numbers, values]: Line) {
    this.#time = time;
    this.#numbers = readNumbers(numbers);
    this.#values = values[Symbol.iterator]();
  }

  /** What is damaged has no event. */
  *events(): Generator<TimedEvent, void, undefined> {
    while (this.#at < this.#numbers.length) {
      this.#since += this.#next();
      const event = this.#event(this.#next());
      if (event === undefined) continue;
      if (event.type === 'test-begin') this.#test = event;
      yield { ...event, time: this.#time + this.#since / 1000 };
    }
  }

  #event(mark: number): HappenedEvent | undefined {
    if (mark === MARK.event) return this.#values.next().value as HappenedEvent | undefined;
    const id = this.#id();
    switch (mark) {
      case MARK.testBegin: {
        const title = this.#values.next().value as string;
        if (this.#test === undefined) return undefined;
        const { file, titles } = this.#test;
        return { type: 'test-begin', test: id, file, titles: [...titles.slice(0, -1), title] };
      }
      case MARK.testEnd: {
        const uses = this.#ids();
        if (this.#test === undefined) return undefined;
        const end = { type: 'test-end', test: id, file: this.#test.file, outcome: 'passed' } as const;
        return uses.length === 0 ? end : { ...end, uses };
      }
      case MARK.setUpBegin: {
        const [fixture, uses] = [this.#id(), this.#ids()];
        if (this.#test === undefined) return undefined;
        const { test: requester, file } = this.#test;
        return { type: 'set-up-begin', instance: id, fixture, uses, requester, file };
      }
      default: {
        const event = phaseEvent(mark, id);
        // Nobody knows how many numbers belong to another mark.
        if (event === undefined) this.#at = this.#numbers.length;
        return event;
      }
    }
  }

  #next(): number {
    return this.#numbers[this.#at++] ?? 0;
  }

  #id(): Id {
    this.#lastId += this.#next();
    return this.#lastId;
  }

  #ids(): Id[] {
    const count = Math.min(this.#next(), this.#numbers.length - this.#at);
    return Array.from({ length: count }, () => this.#id());
  }
}

import type { HappenedEvent, Id, TimedEvent } from '../events/event';
import { PLAIN_END, plainEnd } from '../events/plain-end';

/** A test under way, and the instances that came up for it. */
interface RunningTest {
  readonly titles: readonly string[];
  readonly made: Id[];
}

/** Reads the stream of one process from its start, and adds what its events leave out because earlier ones say it. */
export class StreamReader {
  readonly #tests = new Map<Id, RunningTest>();
  /** The tests of set-ups under way. */
  readonly #setUps = new Map<Id, RunningTest>();

  constructor(readonly parse: (text: string) => unknown) {}

  /** The events in the next lines. A line that a full disk or a killed process has cut has none. */
  *read(lines: Iterable<string>): Generator<TimedEvent, void, undefined> {
    for (const line of lines) {
      if (line === '') continue;
      let all: readonly unknown[];
      try {
        all = this.parse(line) as readonly unknown[];
      } catch {
        continue;
      }
      const base = all[0] as number;
      let last: HappenedEvent | undefined;
      for (let at = 1; at + 1 < all.length; at += 2) {
        const given = all[at + 1] as HappenedEvent | typeof PLAIN_END;
        last = given === PLAIN_END ? plainEnd(last) : given;
        if (last === undefined) continue;
        const event = this.#complete(last) as HappenedEvent & { time: number };
        event.time = base + (all[at] as number) / 1000;
        yield event;
      }
    }
  }

  #complete(event: HappenedEvent): HappenedEvent {
    switch (event.type) {
      case 'test-begin':
        this.#tests.set(event.test, { titles: event.titles, made: [] });
        return event;
      case 'set-up-begin': {
        const { instance, requester, file } = event;
        const test = requester === undefined ? undefined : this.#tests.get(requester);
        if (test !== undefined && file !== undefined) this.#setUps.set(instance, test);
        return event.requestedBy === undefined
          ? { ...event, requestedBy: test === undefined ? 'a test' : `test "${test.titles.join(' ')}"` }
          : event;
      }
      case 'set-up-end': {
        const { instance, outcome } = event;
        if (outcome === 'passed') this.#setUps.get(instance)?.made.push(instance);
        this.#setUps.delete(instance);
        return event;
      }
      case 'test-end': {
        const { test, uses = [] } = event;
        const made = this.#tests.get(test)?.made ?? [];
        this.#tests.delete(test);
        return made.length === 0 ? event : { ...event, uses: [...uses, ...made] };
      }
      default:
        return event;
    }
  }
}

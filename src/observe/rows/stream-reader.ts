import { type Id, inLane, type TimedEvent } from '../events/event';
import type { Line } from '../events/marks';
import { LineReader } from './line-reader';

/** A test under way, and the instances that came up for it. */
interface RunningTest {
  readonly titles: readonly string[];
  readonly made: Id[];
}

/** The fields of events that hold ids. */
const IDS: ReadonlySet<string> = new Set([
  'test',
  'first',
  'file',
  'hook',
  'fixture',
  'instance',
  'requester',
  'by',
  'standIn',
  'of',
]);

/** Reads the stream of one process from its start, and adds what its events leave out because earlier ones say it. */
export class StreamReader {
  readonly #tests = new Map<Id, RunningTest>();
  /** The tests of set-ups under way. */
  readonly #setUps = new Map<Id, RunningTest>();

  constructor(
    readonly lane: Id,
    readonly parse: (text: string) => unknown,
  ) {}

  /** The events in the next lines. A line that a full disk or a killed process has cut has none. */
  *read(lines: Iterable<string>): Generator<TimedEvent, void, undefined> {
    for (const line of lines) {
      if (line === '') continue;
      let parsed: Line;
      try {
        parsed = this.parse(line) as Line;
      } catch {
        continue;
      }
      if (typeof parsed?.[1] !== 'string' || !Array.isArray(parsed[2])) continue;
      for (const event of new LineReader(parsed).events()) yield this.#complete(this.#unique(event));
    }
  }

  /** The event with ids that are unique in the run. */
  #unique(event: TimedEvent): TimedEvent {
    const found: Record<string, unknown> = { ...event };
    for (const [name, value] of Object.entries(event)) {
      if (typeof value === 'number' && IDS.has(name)) found[name] = inLane(this.lane, value);
      else if (name === 'uses') found[name] = (value as readonly Id[]).map(id => this.#outside(id));
    }
    return found as unknown as TimedEvent;
  }

  #outside(id: Id): Id {
    return typeof id === 'number' ? inLane(this.lane, id) : id;
  }

  #complete(event: TimedEvent): TimedEvent {
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

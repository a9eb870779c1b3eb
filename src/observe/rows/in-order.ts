import type { HappenedEvent, Id, TimedEvent } from '../events/event';
import { PLAIN_END, plainEnd } from '../events/plain-end';

/** A process and its events. */
type Stream = readonly [lane: Id, events: Iterator<TimedEvent>];

/** A process with its next event. */
interface Head {
  readonly lane: Id;
  readonly others: Iterator<TimedEvent>;
  event: TimedEvent;
}

/** Passes on the events of several processes in the order in which they happened. */
export function inOrder(streams: Iterable<Stream>, take: (event: TimedEvent, lane: Id) => void): void {
  const heads: Head[] = [];
  for (const [lane, others] of streams) {
    const { value, done } = others.next();
    if (!done) heads.push({ lane, others, event: value });
  }
  while (heads.length > 0) {
    const first = heads.reduce((a, b) => (b.event.time < a.event.time ? b : a));
    const until = heads.reduce(
      (time, each) => (each === first ? time : Math.min(time, each.event.time)),
      Infinity,
    );
    // Many in a row are of one process.
    do {
      take(first.event, first.lane);
      const { value, done } = first.others.next();
      if (done) {
        heads.splice(heads.indexOf(first), 1);
        break;
      }
      first.event = value;
    } while (first.event.time < until);
  }
}

/** The events in some lines of a stream. A line that a full disk or a killed process has cut has none. */
export function* eventsIn(
  lines: Iterable<string>,
  parse: (text: string) => unknown,
): Generator<TimedEvent, void, undefined> {
  for (const line of lines) {
    if (line === '') continue;
    let all: readonly unknown[];
    try {
      all = parse(line) as readonly unknown[];
    } catch {
      continue;
    }
    const base = all[0] as number;
    let last: HappenedEvent | undefined;
    for (let at = 1; at + 1 < all.length; at += 2) {
      const given = all[at + 1] as HappenedEvent | typeof PLAIN_END;
      last = given === PLAIN_END ? plainEnd(last) : given;
      if (last === undefined) continue;
      const event = last as HappenedEvent & { time: number };
      event.time = base + (all[at] as number) / 1000;
      yield event;
    }
  }
}

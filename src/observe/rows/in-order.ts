import type { Id, TimedEvent } from '../events/event';

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

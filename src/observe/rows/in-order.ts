import type { HappenedEvent, Id, TimedEvent } from '../events/event';
import { PLAIN_END, plainEnd } from '../events/plain-end';

/** A process and its events. */
type Stream = readonly [lane: Id, events: Iterator<TimedEvent>];

/** Passes on the events of several processes in the order in which they happened. */
export function inOrder(streams: Iterable<Stream>, take: (event: TimedEvent, lane: Id) => void): void {
  const next = new Map<Id, { event: TimedEvent; readonly others: Iterator<TimedEvent> }>();
  const advance = (lane: Id, others: Iterator<TimedEvent>): void => {
    const { value, done } = others.next();
    if (done) next.delete(lane);
    else next.set(lane, { event: value, others });
  };
  for (const [lane, events] of streams) advance(lane, events);
  while (next.size > 0) {
    let first:
      | { readonly lane: Id; readonly event: TimedEvent; readonly others: Iterator<TimedEvent> }
      | undefined;
    for (const [lane, { event, others }] of next)
      if (first === undefined || event.time < first.event.time) first = { lane, event, others };
    take(first!.event, first!.lane);
    advance(first!.lane, first!.others);
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

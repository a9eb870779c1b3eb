import { alloc, concat } from '../../node/buffer';
import { closeSync, openSync, readdirSync, readSync } from '../../node/fs';
import * as json from '../../node/json';
import { join } from '../../node/path';
import type { HappenedEvent, Id, TimedEvent } from '../events/event';

const CHUNK = 65_536;

/** The part of one stream that has been read. */
interface Read {
  readonly file: number;
  at: number;
  /** The beginning of a line that is not whole yet. */
  rest: Buffer;
}

/** Follows the streams of a run's processes while they are written. Holds one piece of each at a time. */
export class StreamFolder {
  readonly #streams = new Map<Id, Read>();
  readonly #chunk = alloc(CHUNK);

  constructor(readonly folder: string) {}

  /** Passes on what was written since the last call, in the order in which it happened. */
  read(take: (event: TimedEvent, lane: Id) => void): void {
    const next = new Map<Id, { event: TimedEvent; readonly others: Iterator<TimedEvent> }>();
    const advance = (lane: Id, others: Iterator<TimedEvent>): void => {
      const { value, done } = others.next();
      if (done) next.delete(lane);
      else next.set(lane, { event: value, others });
    };
    for (const [lane, stream] of this.#open()) advance(lane, readOn(stream, this.#chunk));
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

  close(): void {
    for (const { file } of this.#streams.values()) closeSync(file);
    this.#streams.clear();
  }

  #open(): ReadonlyMap<Id, Read> {
    for (const name of readdirSync(this.folder)) {
      const lane = name.slice(0, -'.jsonl'.length);
      if (!name.endsWith('.jsonl') || this.#streams.has(lane)) continue;
      this.#streams.set(lane, { file: openSync(join(this.folder, name), 'r'), at: 0, rest: alloc(0) });
    }
    return this.#streams;
  }
}

/** The events in what was written to a stream since it was last read. */
function* readOn(stream: Read, chunk: Buffer): Generator<TimedEvent> {
  for (;;) {
    const length = readSync(stream.file, chunk, 0, CHUNK, stream.at);
    if (length === 0) return;
    stream.at += length;
    const text = concat([stream.rest, chunk.subarray(0, length)]);
    const end = text.lastIndexOf(10) + 1;
    stream.rest = text.subarray(end);
    for (const line of text.toString('utf8', 0, end).split('\n')) if (line !== '') yield* eventsIn(line);
  }
}

/** None for a line that a full disk has cut. */
function eventsIn(line: string): readonly TimedEvent[] {
  let all: readonly unknown[];
  try {
    all = json.parse(line) as readonly unknown[];
  } catch {
    return [];
  }
  const events: TimedEvent[] = [];
  for (let at = 0; at + 1 < all.length; at += 2)
    events.push(Object.assign(all[at + 1] as HappenedEvent, { time: all[at] as number }));
  return events;
}

import { alloc, concat } from '../../node/buffer';
import { closeSync, openSync, readdirSync, readSync } from '../../node/fs';
import * as json from '../../node/json';
import { join } from '../../node/path';
import type { Id, TimedEvent } from '../events/event';
import { inOrder } from '../rows/in-order';
import { StreamReader } from '../rows/stream-reader';

const CHUNK = 65_536;

/** The part of one stream that has been read. */
interface Read {
  readonly file: number;
  readonly reader: StreamReader;
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
    const streams = [...this.#open()].map(
      ([lane, stream]) => [lane, stream.reader.read(readOn(stream, this.#chunk))] as const,
    );
    inOrder(streams, take);
  }

  close(): void {
    for (const { file } of this.#streams.values()) closeSync(file);
    this.#streams.clear();
  }

  #open(): ReadonlyMap<Id, Read> {
    for (const [lane, path] of streamsIn(this.folder))
      if (!this.#streams.has(lane))
        this.#streams.set(lane, {
          file: openSync(path, 'r'),
          reader: new StreamReader(lane, json.parse),
          at: 0,
          rest: alloc(0),
        });
    return this.#streams;
  }
}

/** The streams in a folder: the process of each, and its path. */
export function streamsIn(folder: string): (readonly [lane: Id, path: string])[] {
  return readdirSync(folder)
    .filter(name => name.endsWith('.jsonl'))
    .map(name => [name.slice(0, -'.jsonl'.length), join(folder, name)]);
}

/** The lines that were written to a stream since it was last read. */
function* readOn(stream: Read, chunk: Buffer): Generator<string> {
  for (;;) {
    const length = readSync(stream.file, chunk, 0, CHUNK, stream.at);
    if (length === 0) return;
    stream.at += length;
    const text = concat([stream.rest, chunk.subarray(0, length)]);
    const end = text.lastIndexOf(10) + 1;
    stream.rest = text.subarray(end);
    yield* text.toString('utf8', 0, end).split('\n');
  }
}

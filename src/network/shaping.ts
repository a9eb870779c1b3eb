/**
 * Changes the bytes that pass in one direction: called per chunk, at arbitrary boundaries. If it throws, or gives
 * anything but bytes, both ends of the connection are destroyed. See docs/network.md.
 */
export type ContentProcessor = (chunk: Buffer) => Uint8Array | PromiseLike<Uint8Array>;

/** What a {@link Shaping} says. */
export interface Shape {
  /** Milliseconds that each chunk waits, from its arrival. */
  delay: number;
  /** Up to so many milliseconds more, drawn anew for each chunk. */
  jitter: number;
  /** Bytes per second. */
  bandwidth: number;
  processor: ContentProcessor | null;
  /** Chunks leave in parts of so many bytes … */
  sliceSize: number;
  /** … with so many milliseconds between them. */
  sliceDelay: number;
  paused: boolean;
  /** A new connection is cut when so many bytes have passed. */
  cutAfter: number;
}

/** What happens to the bytes of one direction: shared by all connections of a proxy, and changed while they live. */
export class Shaping {
  readonly #watchers = new Set<() => void>();
  #shape: Shape = {
    delay: 0,
    jitter: 0,
    bandwidth: Number.POSITIVE_INFINITY,
    processor: null,
    sliceSize: Number.POSITIVE_INFINITY,
    sliceDelay: 0,
    paused: false,
    cutAfter: Number.POSITIVE_INFINITY,
  };
  /** Whether bytes pass as they come. */
  isPlain = true;

  get now(): Readonly<Shape> {
    return this.#shape;
  }

  /** Changes some of it, for chunks that wait already as well. */
  set(change: Partial<Shape>): void {
    this.#shape = { ...this.#shape, ...change };
    const { delay, jitter, bandwidth, processor, sliceSize, paused } = this.#shape;
    const shaped = delay + jitter > 0 || processor !== null || paused;
    this.isPlain =
      !shaped && bandwidth === Number.POSITIVE_INFINITY && sliceSize === Number.POSITIVE_INFINITY;
    for (const changed of [...this.#watchers]) changed();
  }

  /** Calls `changed` after each change; gives what ends that. */
  watch(changed: () => void): () => void {
    this.#watchers.add(changed);
    return () => void this.#watchers.delete(changed);
  }
}

import * as buffer from '../node/buffer';

/** Bytes of a frame's head: the length of its body, big-endian. */
const HEAD = 4;

/** The head of a body. */
export function headOf(body: Uint8Array): Buffer {
  const head = buffer.allocUnsafe(HEAD);
  buffer.writeUInt32(head, body.byteLength);
  return head;
}

/** A body with its head. */
export const frame = (body: Uint8Array): Buffer => buffer.concat([headOf(body), body]);

/** The size of a body above the limit. */
export interface TooLarge {
  readonly tooLarge: number;
}

/** Reassembles frames from the chunks of a stream. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #length = 0;

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }

  /** The next body, if it is complete; a size above `limit` shows in the head alone. */
  next(limit: number): Buffer | TooLarge | undefined {
    if (this.#length < HEAD) return undefined;
    if (this.#chunks[0]!.length < HEAD) this.#join();
    const size = buffer.readUInt32(this.#chunks[0]!);
    if (size > limit) return { tooLarge: size };
    if (this.#length < HEAD + size) return undefined;
    this.#join();
    const all = this.#chunks[0]!;
    const rest = buffer.part(all, HEAD + size);
    this.#chunks = rest.length === 0 ? [] : [rest];
    this.#length = rest.length;
    return buffer.part(all, HEAD, HEAD + size);
  }

  #join(): void {
    if (this.#chunks.length > 1) this.#chunks = [buffer.concat(this.#chunks)];
  }
}

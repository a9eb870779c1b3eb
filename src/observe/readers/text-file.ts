import { alloc } from '../../node/buffer';
import { closeSync, mkdirSync, openSync, readSync, renameSync, rmSync, writeSync } from '../../node/fs';
import { dirname } from '../../node/path';

/** How much text is kept before it is written, and copied at once. */
const FULL = 65_536;

/** A text file that grows. */
export class TextFile {
  readonly #file: number;
  #buffer = '';

  constructor(readonly path: string) {
    this.#file = openSync(path, 'w');
  }

  add(text: string): void {
    this.#buffer += text;
    if (this.#buffer.length > FULL) this.flush();
  }

  /** Adds what stands in another file. */
  copy(path: string): void {
    this.flush();
    const chunk = alloc(FULL);
    const from = openSync(path, 'r');
    try {
      for (let length = FULL; length > 0; ) {
        length = readSync(from, chunk, 0, FULL, null);
        for (let at = 0; at < length; ) at += writeSync(this.#file, chunk, at, length - at);
      }
    } finally {
      closeSync(from);
    }
  }

  flush(): void {
    const text = this.#buffer;
    this.#buffer = '';
    if (text !== '') writeSync(this.#file, text);
  }

  close(): void {
    this.flush();
    closeSync(this.#file);
  }
}

/** Writes a file: whole, or not at all. */
export function publish(path: string, write: (file: TextFile) => void): void {
  mkdirSync(dirname(path), { recursive: true });
  const beside = `${path}.${process.pid}.tmp`;
  try {
    const file = new TextFile(beside);
    try {
      write(file);
    } finally {
      file.close();
    }
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

import { closeSync, copyFileSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from '../../node/fs';
import { dirname } from '../../node/path';

/** How much text is kept before it is written. */
const FULL = 65_536;

/** A text file that grows. */
export class TextFile {
  readonly #file: number;
  #buffer = '';

  constructor(
    readonly path: string,
    from?: TextFile,
  ) {
    if (from !== undefined) {
      from.flush();
      copyFileSync(from.path, path);
    }
    this.#file = openSync(path, from === undefined ? 'w' : 'a');
  }

  add(text: string): void {
    this.#buffer += text;
    if (this.#buffer.length > FULL) this.flush();
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

/** Writes a copy of `draft`, with more text at its end, to a path: whole, or not at all. */
export function publish(draft: TextFile, path: string, more: Iterable<string>): void {
  mkdirSync(dirname(path), { recursive: true });
  const beside = `${path}.${process.pid}.tmp`;
  try {
    const copy = new TextFile(beside, draft);
    for (const text of more) copy.add(text);
    copy.close();
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

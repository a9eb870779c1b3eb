/** The lines that are kept. */
const KEPT = 200;
/** Characters. What is longer counts as several lines. */
const LONGEST = 2000;

/** The last lines that a process has written, stdout and stderr as they came. */
export class ProcessOutput {
  readonly #lines: string[] = [];
  /** The lines since `takeNew` was last called, also those that are not kept. */
  #unseen = 0;
  readonly #watchers = new Set<(line: string) => void>();

  /** The last lines; all that are kept, if nothing else is said. */
  last(count: number = KEPT): string {
    return this.#lines.slice(-count).join('\n');
  }

  /** What has been written since this was last called: the last lines of it, after how many others there were. */
  takeNew(): string {
    const unseen = this.#unseen;
    this.#unseen = 0;
    if (unseen === 0) return '';
    return unseen <= KEPT ? this.last(unseen) : `(${unseen - KEPT} lines before these)\n${this.last()}`;
  }

  read(stream: NodeJS.ReadableStream): void {
    let rest = '';
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      const lines = (rest + text).split(/\r?\n/);
      rest = lines.pop()!;
      for (const line of lines) this.#add(line);
      while (rest.length > LONGEST) {
        this.#add(rest.slice(0, LONGEST));
        rest = rest.slice(LONGEST);
      }
    });
    stream.on('end', () => rest !== '' && this.#add(rest));
  }

  /** Waits for a line that matches. Rejects with what `matches` throws. */
  waitFor(matches: (line: string) => boolean): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const watch = (line: string): void => {
        try {
          if (!matches(line)) return;
          resolve();
        } catch (error) {
          reject(error);
        }
        this.#watchers.delete(watch);
      };
      this.#watchers.add(watch);
    });
  }

  #add(line: string): void {
    for (let from = 0; from === 0 || from < line.length; from += LONGEST)
      this.#keep(line.slice(from, from + LONGEST));
    for (const watch of this.#watchers) watch(line);
  }

  #keep(line: string): void {
    this.#lines.push(line);
    this.#unseen++;
    if (this.#lines.length > KEPT) this.#lines.shift();
  }
}

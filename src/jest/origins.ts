import type { Origin } from '../fixtures/declaration';

/** Where other realms find what setup files declare: the file, and how many of that name it has declared before. */
export class Origins {
  readonly #counts = new Map<string, number>();

  /** That of the next declaration of a name; undefined for one of the test file. */
  next(name: string, file: string | undefined): Origin | undefined {
    if (file === undefined) return undefined;
    const key = `${file}\0${name}`;
    const nth = this.#counts.get(key) ?? 0;
    this.#counts.set(key, nth + 1);
    return { file, nth };
  }
}

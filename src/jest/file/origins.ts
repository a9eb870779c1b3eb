import type { DeclarationId } from '../../fixtures/declare/declaration';

/** Identifies the declarations of setup files for other realms: by the file, and a number among those of the same name. */
export class Origins {
  readonly #counts = new Map<string, number>();

  /** The origin of the next declaration of a name; undefined for one in the test file. */
  next(name: string, file: string | undefined): DeclarationId | undefined {
    if (file === undefined) return undefined;
    const key = `${file}\0${name}`;
    const nth = this.#counts.get(key) ?? 0;
    this.#counts.set(key, nth + 1);
    return { file, nth };
  }
}

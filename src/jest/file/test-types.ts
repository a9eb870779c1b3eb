import type { Origin } from '../../fixtures/declare/declaration';
import { type Audience, EVERYBODY, extendAudience } from '../../fixtures/declare/test-type';
import { getOrMake } from '../../util/get-or-make';

/** Who sees which fixtures: each `test.extend` makes an audience of its own. */
export class Audiences {
  readonly #of = new WeakMap<object, Audience>();
  /** How another realm knows those of setup files. */
  readonly #keys = new WeakMap<Audience, string>();
  readonly #merged = new Map<Audience, Map<Audience, Audience>>();

  /** Notes which a `test` function is for. */
  set(test: object, audience: Audience): void {
    this.#of.set(test, audience);
  }

  /** That of a `test` function; undefined for what is none. */
  of(test: unknown): Audience | undefined {
    return this.#of.get(Object(test));
  }

  /** A new one, which another realm knows as well where it comes from a setup file. */
  extend(parent: Audience, origin: Origin | undefined): Audience {
    const audience = extendAudience(parent);
    if (origin !== undefined) this.#keys.set(audience, `${origin.file}\0${origin.nth}`);
    return audience;
  }

  /** How another realm knows it. */
  keyOf(audience: Audience): string | undefined {
    return this.#keys.get(audience);
  }

  /** Who sees what both see. */
  merge(a: Audience, b: Audience): Audience {
    if (b === EVERYBODY || a === b || a.lineage.includes(b)) return a;
    if (a === EVERYBODY || b.lineage.includes(a)) return b;
    const known = getOrMake(this.#merged, a, () => new Map<Audience, Audience>());
    return getOrMake(known, b, () => extendAudience(b, a));
  }
}

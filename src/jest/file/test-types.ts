import type { Origin } from '../../fixtures/declare/declaration';
import { ALL_TESTS, extendTestType, type TestType } from '../../fixtures/declare/test-type';
import { getOrMake } from '../../util/get-or-make';

/** Who sees which fixtures: each `test.extend` makes an audience of its own. */
export class TestTypes {
  readonly #of = new WeakMap<object, TestType>();
  /** How another realm knows those of setup files. */
  readonly #keys = new WeakMap<TestType, string>();
  readonly #merged = new Map<TestType, Map<TestType, TestType>>();

  /** Notes which a `test` function is for. */
  set(test: object, testType: TestType): void {
    this.#of.set(test, testType);
  }

  /** That of a `test` function; undefined for what is none. */
  of(test: unknown): TestType | undefined {
    return this.#of.get(Object(test));
  }

  /** A new one, which another realm knows as well where it comes from a setup file. */
  extend(parent: TestType, origin: Origin | undefined): TestType {
    const testType = extendTestType(parent);
    if (origin !== undefined) this.#keys.set(testType, `${origin.file}\0${origin.nth}`);
    return testType;
  }

  /** How another realm knows it. */
  keyOf(testType: TestType): string | undefined {
    return this.#keys.get(testType);
  }

  /** Who sees what both see. */
  merge(a: TestType, b: TestType): TestType {
    if (b === ALL_TESTS || a === b || a.lineage.includes(b)) return a;
    if (a === ALL_TESTS || b.lineage.includes(a)) return b;
    const known = getOrMake(this.#merged, a, () => new Map<TestType, TestType>());
    return getOrMake(known, b, () => extendTestType(b, a));
  }
}

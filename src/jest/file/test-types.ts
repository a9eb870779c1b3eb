import type { DeclarationId } from '../../fixtures/declare/declaration';
import { ALL_TESTS, extendTestType, type TestType } from '../../fixtures/declare/test-type';
import { getOrMake } from '../../util/get-or-make';

/** The test types of a file: each `test.extend` and `mergeTests` makes a new one. */
export class TestTypes {
  readonly #of = new WeakMap<object, TestType>();
  /** Identify the test types of setup files for other realms. */
  readonly #keys = new WeakMap<TestType, string>();
  readonly #merged = new Map<TestType, Map<TestType, TestType>>();

  /** Notes the test type of a `test` function. */
  set(test: object, testType: TestType): void {
    this.#of.set(test, testType);
  }

  /** The test type of a `test` function; undefined for any other value. */
  of(test: unknown): TestType | undefined {
    return this.#of.get(Object(test));
  }

  /** A new test type that sees what `parents` see. One from a setup file has an origin, by which other realms know it. */
  extend(parents: readonly TestType[], origin: DeclarationId | undefined): TestType {
    const testType = extendTestType(...parents);
    if (origin !== undefined) this.#keys.set(testType, `${origin.file}\0${origin.nth}`);
    return testType;
  }

  /** Identifies a test type of a setup file for other realms. */
  keyOf(testType: TestType): string | undefined {
    return this.#keys.get(testType);
  }

  /** The test type that sees the fixtures of both. */
  merge(a: TestType, b: TestType): TestType {
    if (b === ALL_TESTS || a === b || a.lineage.includes(b)) return a;
    if (a === ALL_TESTS || b.lineage.includes(a)) return b;
    const known = getOrMake(this.#merged, a, () => new Map<TestType, TestType>());
    return getOrMake(known, b, () => extendTestType(b, a));
  }
}

/**
 * A place in the user's code: a declaration or a requester. The stack is only read for a message: formatting one costs
 * more than a small test.
 */
export interface Site {
  /** `test/a.test.ts:12`, relative to the project's root; undefined without a frame of the user's. */
  readonly at: string | undefined;
  /** The absolute path of that file. */
  readonly path: string | undefined;
  /** Line, from 1. */
  readonly line: number | undefined;
  /** The user's stack frames, one per line. */
  readonly frames: string;
}

/** A requester of fixtures in a message. */
export interface NamedRequester {
  /** `test "adds"`, `beforeEach hook`, `fixture "db"`. */
  readonly label: string;
  readonly site: Site;
  /** What it requests the fixture by, such as `mark.useFixtures`; undefined: its parameter. */
  readonly by?: { readonly call: string; readonly site: Site } | undefined;
}

/** A fixture in a message. */
export interface Declared {
  readonly name: string;
  readonly site: Site;
  /** It overrides: by `test.override` or a test's `overrides`. */
  readonly mustOverride?: boolean;
}

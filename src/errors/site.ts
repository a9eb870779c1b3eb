/**
 * A place in the user's code: where something was declared, or who asked for it.
 * The stack is read when a message needs it and not before; formatting one costs more than a small test.
 */
export interface Site {
  /** `test/a.test.ts:12`, relative to the project's root; undefined where no frame of the user's is known. */
  readonly at: string | undefined;
  /** The absolute path of that file. */
  readonly path: string | undefined;
  /** Line, from 1. */
  readonly line: number | undefined;
  /** The user's frames, as lines of a stack. */
  readonly frames: string;
}

/** What asks for fixtures: named in messages. */
export interface Asker {
  /** `test "adds"`, `beforeEach hook`, `fixture "db"`. */
  readonly label: string;
  readonly site: Site;
}

/** A fixture as messages name it. */
export interface Declared {
  readonly name: string;
  readonly site: Site;
}

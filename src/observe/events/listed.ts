/*
 * What `--fixtures` lists: further events of the stream, in a run that only collects.
 */

/** A declaration that a test file sees. Several files see the same one. */
export interface DeclaredEvent {
  readonly type: 'declared';
  readonly name: string;
  readonly scope: string;
  readonly auto: boolean;
  /** How many values its `params` have; absent without. */
  readonly params?: number;
  /** The absolute path of its file, and the line in it; absent for a built-in. */
  readonly path?: string;
  readonly line?: number;
  /** Where it is declared. `label`: the path of a directory or test file, or the titles of describe blocks. */
  readonly kind: 'builtin' | 'setup' | 'directory' | 'file' | 'describe';
  /** The directory that sees it, or the test file that declares it; absolute. */
  readonly place: string;
  /** The titles of the describe blocks around it. */
  readonly titles?: readonly string[];
  /** The names that it depends on. */
  readonly requests: readonly string[];
  /** The project's root. */
  readonly root: string;
}

/** A test, hook or fixture requests a name. */
export interface AskedEvent {
  readonly type: 'asked';
  readonly name: string;
  /** Of the declaration that it gets; absent for a built-in. */
  readonly path?: string;
  readonly line?: number;
  /** `test "adds"`, `beforeEach hook`, `fixture "db"`. */
  readonly by: string;
  /** The requester's place. */
  readonly byPath?: string;
  readonly byLine?: number;
  /** The project's root. */
  readonly root: string;
}

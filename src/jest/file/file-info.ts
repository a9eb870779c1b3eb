/** A test file as the owners of errors know it, even after it has ended. */
export interface FileInfo {
  readonly path: string;
  /** Jest has its results; nothing can be added to them. */
  ended: boolean;
  /** The project's root. */
  readonly root: string;
  /** The project's configuration, as Jest gave it to the environment. */
  readonly config: unknown;
  /** Jest's `testFailureExitCode`. */
  readonly failureExitCode?: number;
  /** Jest's `seed`, drawn once per run. */
  readonly jestSeed?: number;
}

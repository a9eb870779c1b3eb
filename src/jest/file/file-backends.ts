import type { BackendChoice, LoopBackend } from '../../loop/steps/backend';

/** What a Loop tells its backend: when its time may move, and whether anything can still come. */
export interface DrivenLoop {
  isAwaited(): boolean;
  mayBeWoken?(): boolean;
  ownTimers(): number;
  stuck?(): void;
}

/** The backends of a test file. What makes them is loaded with the first one. */
export interface FileBackends {
  /** The names of those that the package has, besides Node's own. */
  readonly names: readonly string[];
  /** Makes one. `test`: the full name of the test that it is for. Throws for bad options. */
  make(choice: BackendChoice, test: string | undefined, driven: DrivenLoop): LoopBackend;
  /** From now on the clocks of the file follow its backends. */
  follow(): void;
  /** What may keep a test waiting beside its backend, for messages. */
  hint(): string | undefined;
}

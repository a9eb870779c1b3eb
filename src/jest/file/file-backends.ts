import type { BackendChoice, LoopBackend } from '../../loop/steps/backend';

/** What a backend has to know about its Loop: when its time may move, and whether anything can still come. */
export interface DrivenLoop {
  isAwaited(): boolean;
  mayBeWoken?(): boolean;
  ownTimers(): number;
  stuck?(): void;
}

/** Which of the work that is ready goes first. */
export interface ReadyOrder {
  readonly window: number;
  readonly queuesTasks: boolean;
  next(ready: readonly { readonly site: Error | undefined; describe(): string }[]): number;
}

/** The backends of a test file. What makes them is loaded with the first one. */
export interface FileBackends {
  /** The names of those that the package has, besides Node's own. */
  readonly names: readonly string[];
  /**
   * Makes one. `test`: the full name of the test that it is for; `order`: its order on `chaos`, given the checked options.
   * Throws for bad options.
   */
  make(
    choice: BackendChoice,
    test: string | undefined,
    driven: DrivenLoop,
    order?: (options: BackendChoice['options']) => ReadyOrder,
  ): LoopBackend;
  /** From now on the clocks of the file follow its backends. */
  follow(): void;
  /** What may keep a test waiting beside its backend, for messages. */
  hint(): string | undefined;
}

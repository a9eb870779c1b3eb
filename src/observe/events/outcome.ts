/** How something ended. */
export type Outcome = 'passed' | 'failed' | 'skipped' | 'todo';

/** How a set-up, a teardown or a hook ended; `skipped`: it called `request.skip`, and its error says why. */
export type PhaseOutcome = Exclude<Outcome, 'todo'>;

/** What was thrown, as text: long ones are cut. */
export interface ObservedError {
  readonly message: string;
  /** The user's frames, one per line. */
  readonly stack?: string;
}

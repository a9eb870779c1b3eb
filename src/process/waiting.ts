/** Someone waits for a promise: a function under a time limit, or the end of work that is cancelled. */
export interface Waiting {
  /** The Loops whose work it may wait for: its own, as far as it is known, and those that are entered there. */
  readonly loops: Iterable<object>;
  /** How many real timers it has. */
  readonly timers: number;
  /** Nothing is left that could wake it. Absent where it ends by itself, after a grace period. */
  endStuck?(): void;
}

/** All that wait for a promise. */
export interface Awaiting extends Iterable<Waiting> {
  add(waiting: Waiting): void;
  delete(waiting: Waiting): void;
}

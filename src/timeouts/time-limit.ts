/** A time limit. */
export interface TimeLimit {
  /** In milliseconds. */
  readonly ms: number;
  /** Set through this package, not through Jest: a function that blocks the thread longer fails when it returns. */
  readonly ours: boolean;
}

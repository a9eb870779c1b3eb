/** A time limit. */
export interface TimeLimit {
  /** In milliseconds. */
  readonly ms: number;
  /** This package's means set it: then a function that blocked longer fails afterwards. Under Jest's own it passes. */
  readonly ours: boolean;
}

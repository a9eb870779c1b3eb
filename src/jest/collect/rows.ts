import type { Callee, UserFn } from '../file/registered';

/** The function that jest-each would have made of the user's for one row. */
export function plainRow({ fn, row, takesDone }: Callee): UserFn {
  return takesDone ? (done: unknown) => fn(...row, done) : () => fn(...row);
}

/** Passed to Jest in place of the function of `.each`: it returns the row that it is called with. */
export function rowProbe(): (...row: unknown[]) => unknown {
  // It declares no parameters: jest-each would take one beyond the row for `done`.
  return (...row) => new Row(row);
}

/** The row of a test registered with a probe; undefined for any other function. */
export function rowOf(fn: UserFn): readonly unknown[] | undefined {
  try {
    const row = fn();
    return row instanceof Row ? row.values : undefined;
  } catch {
    return undefined;
  }
}

class Row {
  constructor(readonly values: readonly unknown[]) {}
}

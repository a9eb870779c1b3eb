/** Several errors of one function, which Jest gets one by one. Only its caller and the guard around it see this. */
class Several {
  constructor(readonly errors: readonly unknown[]) {}
}

/** Something to throw for errors of one function. */
export function several(errors: Iterable<unknown>): unknown {
  const all = [...errors];
  return all.length === 1 ? all[0] : new Several(all);
}

/** The errors in what such a function threw. */
export function errorsOf(thrown: unknown): readonly unknown[] {
  return thrown instanceof Several ? thrown.errors : [thrown];
}

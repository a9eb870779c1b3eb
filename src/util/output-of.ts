const OUTPUT = Symbol.for('jest-loop.output');

/** What a value shows with a test that fails. `users`: the instances of fixtures that the test uses. */
type Output = (users: ReadonlySet<unknown>) => string;

/** Lets a value decide what is shown with each failing test that uses it. */
export function showsOutput(value: object, output: Output): void {
  Object.defineProperty(value, OUTPUT, { value: output });
}

/** What each of them shows now, without empty ones. Values cross realms. */
export function outputsOf(values: Iterable<unknown>, users: ReadonlySet<unknown> = new Set()): string[] {
  const outputs = [...values].map(
    each => (Object(each) as Record<symbol, Output | undefined>)[OUTPUT]?.(users) ?? '',
  );
  return outputs.filter(output => output !== '');
}

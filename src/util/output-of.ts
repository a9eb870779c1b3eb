const OUTPUT = Symbol.for('jest-loop.output');

/** Lets the value of a fixture say what is shown with each test that uses it and fails. */
export function showsOutput(value: object, output: () => string): void {
  Object.defineProperty(value, OUTPUT, { value: output });
}

/** What such a value says now; nothing for any other value. Values cross realms. */
export function outputOf(value: unknown): string {
  return (Object(value) as Record<symbol, (() => string) | undefined>)[OUTPUT]?.() ?? '';
}

import type { State } from '../file/circus';

/** The property of a pattern with the further names that it lets through. */
const ALSO = Symbol('also');

/**
 * Lets `-t` match a second name if it matches the first: the name of a variant, whose `[id]` no editor knows. This
 * changes Jest's pattern itself, since Jest tests it against each test and block.
 */
export function alsoMatch({ testNamePattern }: State, name: string, other: string): void {
  if (!testNamePattern) return;
  const pattern: RegExp & { [ALSO]?: Set<string> } = testNamePattern;
  const { test } = RegExp.prototype;
  if (!test.call(pattern, name)) return;
  let also = pattern[ALSO];
  if (also === undefined) {
    const known = new Set<string>();
    also = known;
    Object.defineProperty(pattern, ALSO, { value: also });
    Object.defineProperty(pattern, 'test', {
      value: (text: string): boolean => test.call(pattern, text) || known.has(text),
    });
  }
  also.add(other);
}

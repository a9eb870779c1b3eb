import type { State } from '../file/circus';

/** Under which a pattern keeps the names that it lets through beside those that it matches. */
const ALSO = Symbol('also');

/**
 * Where `-t` matches one name, it matches another as well: that of a variant, whose `[id]` no editor knows. The
 * pattern itself learns of it, as Jest asks it again, by that name, for each test and each block.
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

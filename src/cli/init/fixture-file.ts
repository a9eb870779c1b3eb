/** The text of a first `jest.fixtures` file. It needs no imports in JavaScript: it may be a CommonJS or an ES module. */
export function fixtureFile(isTypeScript: boolean): string {
  return isTypeScript ? TYPESCRIPT : JAVASCRIPT;
}

const JAVASCRIPT = `/*
 * Fixtures for all tests in this folder and below. A test requests one by its name:
 *
 *   test('greets', ({ greeting }) => { expect(greeting).toBe('hello'); });
 */

/** A value. */
fixture('greeting', 'hello');

/** One list for all tests of a file: set up when the first of them requests it. */
fixture('visitors', { scope: 'file' }, async function* () {
  const visitors = [];
  yield visitors; // the value; what follows is the teardown
  visitors.length = 0;
});
`;

const TYPESCRIPT = `/*
 * Fixtures for all tests in this folder and below. A test requests one by its name:
 *
 *   import { expect, test } from 'jest-loop';
 *   test('greets', ({ greeting }) => { expect(greeting).toBe('hello'); });
 */
import { fixture, type FixturesOf } from 'jest-loop';

export const fixtures =
  /** A value. */
  fixture('greeting', 'hello')
    /** One list for all tests of a file: set up when the first of them requests it. */
    .fixture('visitors', { scope: 'file' }, async function* () {
      const visitors: string[] = [];
      yield visitors; // the value; what follows is the teardown
      visitors.length = 0;
    });

declare module 'jest-loop' {
  interface Fixtures extends FixturesOf<typeof fixtures> {}
}
`;

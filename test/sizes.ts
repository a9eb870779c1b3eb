/*
 * `npm test` runs what is expensive at a small size, `npm run test:full` all of it. A file `….full.test.ts` belongs to
 * `npm run test:full` alone. `test/tools/two-sizes.js` finds the tests of both kinds.
 */

/** Whether everything runs at its full size. */
export const FULL = process.env.TEST_SIZE === 'full';

/** How much of something to test. */
export function sized<T>(small: T, full: T): T {
  return FULL ? full : small;
}

/** The first cases of several, or all of them. */
export function sizedTo<T>(count: number, cases: readonly T[]): readonly T[] {
  return FULL ? cases : cases.slice(0, count);
}

/** Registers nothing. */
const ignoring = Object.assign(() => {}, { each: () => () => {} });
const ignored = Object.assign(() => {}, ignoring, { concurrent: ignoring }) as unknown;

/** A test of the full size alone. */
export const fullTest = FULL ? test : (ignored as jest.It);

/** A block of such tests. */
export const fullDescribe = FULL ? describe : (ignored as jest.Describe);

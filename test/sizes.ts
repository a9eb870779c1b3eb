/** Whether all is to be tested at its full size: `npm run test:full`. */
export const FULL = process.env.TEST_SIZE === 'full';

/** How much of something is tested: a little with each `npm test`, all of it with `npm run test:full`. */
export function sized<T>(small: T, full: T): T {
  return FULL ? full : small;
}

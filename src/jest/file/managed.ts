import { processState } from '../../process/process-state';

/**
 * Whether jest-loop manages a test, for reporters and environments, which have Jest's entry for it (`event.test`). In
 * mode `'auto'` that is every test that runs; in `'strict'`, those that use something of jest-loop. See docs/errors.md.
 */
export function isManagedTest(test: object): boolean {
  return processState.managed.has(test);
}

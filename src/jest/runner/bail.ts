import type { TestEvents, TestWatcher } from 'jest-runner';

/**
 * Counts failed tests as Jest does, which exits when `--bail` of them have failed.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-core/src/TestScheduler.ts#L434-L457
 */
export class BailCount {
  #failedTests = 0;

  /** Whether Jest will exit once it has this result. */
  isReached(
    { leaks, numFailingTests }: TestEvents['test-file-success'][1],
    limit: number,
    watcher: TestWatcher,
  ): boolean {
    if (limit === 0 || watcher.isInterrupted()) return false;
    if (!leaks) this.#failedTests += numFailingTests;
    return !watcher.isWatchMode() && this.#failedTests >= limit;
  }
}

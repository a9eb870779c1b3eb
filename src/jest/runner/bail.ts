import type { Config } from '@jest/types';
import type { TestEvents, TestWatcher } from 'jest-runner';
import { getOrMake } from '../../util/get-or-make';
import { jestState } from '../process/jest-state';

/**
 * Counts failed tests as Jest does, which exits when `--bail` of them have failed.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-core/src/TestScheduler.ts#L434-L457
 */
export class BailCount {
  /** The run is over: in a program Jest does not exit, but goes on with the next runner. */
  wasReached = false;
  #failedTests = 0;

  /** Whether Jest will exit once it has this result. */
  isReached(
    { leaks, numFailingTests }: TestEvents['test-file-success'][1],
    limit: number,
    watcher: TestWatcher,
  ): boolean {
    if (limit === 0 || watcher.isInterrupted()) return false;
    if (!leaks) this.#failedTests += numFailingTests;
    this.wasReached ||= !watcher.isWatchMode() && this.#failedTests >= limit;
    return this.wasReached;
  }
}

/** The count of one call of Jest: projects may have several runners of ours, one after the other. */
export function bailCountOf(globalConfig: Config.GlobalConfig): BailCount {
  return getOrMake(jestState.bailCounts as WeakMap<object, BailCount>, globalConfig, () => new BailCount());
}

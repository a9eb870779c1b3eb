import type { Config } from '@jest/types';
import type { Test, TestWatcher } from 'jest-runner';
import { after } from '../../process/real-time';
import type * as observe from '../observe';
import { isPlaceName } from '../observe/list-place';
import { loadObserve } from '../process/compiled/load-code';
import { jestState } from '../process/jest-state';
import type { MainRun } from '../process/main-run';

/** The variables of the command line, see `src/jest/observe/switches.ts`. */
const SWITCH = /^JEST_LOOP_(FIXTURES|SETUP_SHOW|SETUP_PLAN|DURATIONS|TIMELINE)$/;

/**
 * Jest's reporter keeps what is written to standard output for 100 ms. At the end of a run it writes only what nothing was
 * written before: the rest would stand after its summary.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-reporters/src/DefaultReporter.ts#L69-L107
 */
const LATE = 101;

/** Records a run, if a reader wants it: the recording ends last. */
export function observeRun(
  run: MainRun,
  tests: readonly Test[],
  watcher: TestWatcher,
  globalConfig: Config.GlobalConfig,
): void {
  if (jestState.switches === undefined && !Object.keys(process.env).some(name => SWITCH.test(name))) return;
  const recording = (loadObserve() as typeof observe).startRecording(watcher, globalConfig, {
    files: tests.length,
    places: tests.filter(({ path }) => isPlaceName(path)).length,
  });
  if (recording === undefined) return;
  recording.begin(run.inBand, tests.length, globalConfig.rootDir);
  // What is shown of a file stands before Jest's summary.
  run.onFileEnd = () => recording.catchUp();
  run.atEnd(async why => {
    recording.end(why);
    if (recording.showsFiles) await new Promise<void>(resolve => after(LATE, resolve));
    return [];
  });
}

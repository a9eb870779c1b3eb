import type { Config } from '@jest/types';
import { embedding } from '../process/embedding';
import { jestState } from '../process/jest-state';
import { type FileCounts, Recording } from './recording';
import { type Switches, takeSwitches, wantsAny, withTimeline } from './switches';

/** The recording of a run of Jest, and what began it: each has its own test watcher. */
interface Recorded {
  readonly recording: Recording;
  by: object | undefined;
}

/**
 * The recording of the run that `by` belongs to: begun now, unless it has begun; undefined where no reader wants one.
 * Throws for a switch that makes no sense.
 */
export function startRecording(
  by: object,
  globalConfig: Config.GlobalConfig,
  counts: FileCounts,
): Recording | undefined {
  const switches = takeSwitches(process.env) ?? (jestState.switches as Switches | undefined);
  keep(switches);
  if (switches === undefined || !wantsAny(switches)) return undefined;
  const known = jestState.recording as Recorded | undefined;
  if (known !== undefined && (known.by === by || known.by === undefined)) {
    known.by = by;
    return known.recording;
  }
  known?.recording.close();
  const recording = new Recording(switches, globalConfig, counts);
  jestState.recording = { recording, by } satisfies Recorded;
  return recording;
}

/** A reporter wants a timeline of each run from now on. */
export function wantTimeline(file: string): void {
  const switches = takeSwitches(process.env) ?? (jestState.switches as Switches | undefined);
  keep(withTimeline(switches, file));
}

/** A reporter begins the recording: the runner may be another one than ours. Ours takes it over. */
export function startForReporter(globalConfig: Config.GlobalConfig, files: number): Recording | undefined {
  const reporter = {};
  const recording = startRecording(reporter, globalConfig, { files });
  const known = jestState.recording as Recorded | undefined;
  if (known?.by === reporter) known.by = undefined;
  return recording;
}

/** All results are in. */
export function endRecording(): void {
  const known = jestState.recording as Recorded | undefined;
  known?.recording.end('done');
  known?.recording.close();
  jestState.recording = undefined;
}

/** Keeps them for the further runs of watch mode. In a program each run has its own. */
function keep(switches: Switches | undefined): void {
  jestState.switches = switches;
  embedding()?.ends.add(forget);
}

/** Nothing of a run is left for the next one. Jest's runner may have failed, so that the recording goes on. */
async function forget(): Promise<void> {
  endRecording();
  jestState.switches = undefined;
  jestState.planned = undefined;
}

import { mainRun } from './main-run';
import { RACES_EVENT, type RaceCounts } from './messages';
import { emitAtRunner, jestParent } from './to-jest';

/** Reports to the runner what `--races` has done in a file, which is about to end. */
export function reportRaces(counts: RaceCounts): void {
  const toJest = jestParent();
  if (toJest === undefined) mainRun()?.races?.add(counts);
  else emitAtRunner(toJest, RACES_EVENT, [counts]);
}

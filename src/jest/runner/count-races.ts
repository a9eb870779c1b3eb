import { racesSummary } from '../../errors/loop/chaos';
import type { MainRun } from '../process/main-run';
import type { RaceCounts } from '../process/messages';

/** Sums up what `--races` does in the files of a run, and prints that at its end. */
export function countRaces(run: MainRun): void {
  let sum: RaceCounts | undefined;
  run.races = {
    add: ({ races, ...counts }) => {
      const { searched = 0, failed = 0, once = 0 } = sum ?? {};
      sum = {
        races,
        searched: searched + counts.searched,
        failed: failed + counts.failed,
        once: once + counts.once,
      };
    },
  };
  run.atEnd(async () => {
    if (sum !== undefined) process.stderr.write(`\n${racesSummary(sum)}\n`);
    return [];
  });
}

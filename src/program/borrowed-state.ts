import { jestState } from '../jest/process/jest-state';
import { processState } from '../process/process-state';

/** What each test file sets for the Loops of its process: those of the program are not its own. */
const OF_A_FILE = ['makePool', 'poolSize', 'makeBackend', 'realWork'] as const;

/** Takes note of what the program's own Loops go by. The returned function gives that back after the run. */
export function borrowState(): () => void {
  const before = OF_A_FILE.map(name => [name, processState[name]] as const);
  return () => {
    // Jest tears no environment down whose `setupFiles` have thrown, and no file follows that would say so.
    jestState.dropPendingFile?.();
    Object.assign(processState, Object.fromEntries(before));
  };
}

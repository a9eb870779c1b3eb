import { Planner } from '../collect/needs';
import type { TestFile } from '../file/test-file';
import { SharedFixtures } from '../shared/ask';
import { heirOf } from './attempt-loop';
import { FileRun } from './file-run';
import { caughtWide, makeSurroundings } from './fixture-host';

/** The run of a test file, before its realm exists. */
export function startFileRun(testFile: TestFile): FileRun {
  return new FileRun(testFile, async (run, loop) => {
    loop.successor = step => heirOf(run, loop, step);
    await loop.close();
    run.loops.delete(loop);
  });
}

/** The setup file has brought the realm: from now on fixtures can live in it. */
export function openFileRun(run: FileRun): void {
  const { testFile } = run;
  run.around = makeSurroundings(run, testFile.kit);
  run.planner = new Planner(testFile);
  run.shared = new SharedFixtures(testFile, {
    errors: run.errors,
    abortUsers: (instance, error) => run.around.abortUsers(instance, error),
    caught: (instance, context, step) => caughtWide(run, instance, context, step),
  });
}

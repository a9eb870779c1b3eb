import type { Loop, Task } from '../../loop';
import { openLoops } from '../../loop/open-loops';
import { isCancelled } from '../../loop/steps/cancellation';
import * as promises from '../../node/promise';
import { turn } from '../../process/real-time';
import { rejectionsReported } from '../../process/rejections';
import type { State } from '../file/circus';
import type { OwnerInFile } from '../file/owner-in-file';
import type { Attempt } from './attempt/attempt';
import type { FileRun } from './state/file-run';

/** Tears down everything that is left at the end of a file, however its hooks went. */
export async function endFile(fileRun: FileRun): Promise<void> {
  const { testFile, scopes, gate, errors, options } = fileRun;
  if (!testFile.inUse) return;
  // Those of the last test. In a Loop that outlives the file, what is due also runs.
  await (fileRun.sharedLoops.size > 0 ? turn() : rejectionsReported());
  if (scopes.any) gate.open();
  for (const error of await scopes.closeAll(options.setup === 'parallel')) errors.add(error);
  await promises.all([...fileRun.sharedLoops].map(loop => leaveSharedLoop(fileRun, loop)));
  // Loops that code of this file made and left open.
  const leftOpen = openLoops(testFile.realm.global) as Loop[];
  await promises.all(leftOpen.map(loop => loop.close()));
  fileRun.loops.clear();
  // Those of the last teardown.
  await rejectionsReported();
}

/**
 * Jest has given up a file before its end, as it does when `handleTestEvent` of an environment throws: no further hook
 * runs, no further event comes, and Jest drops the errors that it has noted. Tears down what is up, and reports them.
 */
export async function endAbandoned(fileRun: FileRun): Promise<void> {
  const { testFile } = fileRun;
  const state = testFile.state as State | undefined;
  if (testFile.info.ended || state?.hasStarted !== true) return;
  const errors: unknown[] = [];
  for (const attempt of fileRun.attempts.values() as Iterable<Attempt>) {
    if (attempt.tornDown) continue;
    attempt.bodyEnded = true;
    errors.push(...(await attempt.close()));
  }
  if (fileRun.scopes.any) await endFile(fileRun);
  errors.push(...fileRun.errors.unreported());
  testFile.info.ended = true;
  for (const error of errors) fileRun.errors.add(error);
}

/** Cancels what this file has started in a Loop that outlives it. */
async function leaveSharedLoop({ testFile, errors }: FileRun, loop: Loop): Promise<void> {
  const fromHere = [...loop.pending].filter(
    ({ step }) => (step?.owner as OwnerInFile | undefined)?.file === testFile.info,
  );
  for (const work of fromHere) work.cancel('the test file has ended');
  const ends = await promises.all(fromHere.map(work => (work as Partial<Task>).ended?.()));
  for (const end of ends) if (end !== undefined && !isCancelled(end.error)) errors.add(end.error);
}

import type * as observe from '../observe';
import { loadObserve } from '../process/compiled/load-code';
import { currentStream } from '../process/run-stream';
import type { FileObserved, FileRun } from '../run/state/file-run';

/** Reports what happens in a file, if a reader wants to know. */
export function observeFile(run: FileRun): FileObserved | undefined {
  const stream = currentStream();
  if (stream === undefined) return undefined;
  return new (loadObserve() as typeof observe).FileObserver(run, stream);
}

import { isMainThread } from '../../node/worker-threads';
import { isByJest, type RunError } from '../process/main-run';
import { jestParent } from '../process/to-jest';
import { failProcess, leaveRecord } from '../report/fail-run';

/** CHILD_MESSAGE_END of jest-worker. */
const END = 2;

/** Tells of errors of the end where nobody waits for them: shows them, and lets the run fail. */
export function reportLast(errors: readonly RunError[]): void {
  for (const { stack } of errors) {
    process.stderr.write(`\n${stack}\n\n`);
    if (jestParent() === undefined || !leaveRecord(stack)) failProcess(1);
  }
}

/**
 * Ends what is up when this process ends, where nobody tells it that the run is over: a project with a runner of its
 * own. Jest gives a worker half a second for that.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-worker/src/base/BaseWorkerPool.ts#L89-L124
 *
 * What it returns is called when that was ended otherwise.
 */
export function onProcessEnd(end: () => Promise<RunError[]>): () => void {
  let ended = false;
  // Either of them keeps the process.
  const stop = (): void => {
    ended = true;
    process.off('message', listen);
    process.off('disconnect', all);
    process.off('newListener', reported);
    process.off('beforeExit', all);
  };
  const all = async (): Promise<void> => {
    if (ended) return;
    stop();
    reportLast(await end());
  };
  const listen = (message: unknown): void => {
    if (Array.isArray(message) && message[0] === END) void all();
  };
  const reported = (event: string | symbol): void => {
    if (event === 'exit' && isByJest()) void all();
  };
  // In band: what keeps the process, a server for one, would keep it for ever.
  if (jestParent() === undefined) process.on('newListener', reported);
  if (isMainThread && process.channel != null) {
    process.on('message', listen);
    process.once('disconnect', all);
  }
  process.once('beforeExit', all);
  return stop;
}

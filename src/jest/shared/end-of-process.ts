import { isMainThread } from '../../node/worker-threads';
import { embedding } from '../process/embedding';
import { isCalledByJest, type RunError } from '../process/main-run';
import { jestParent } from '../process/to-jest';
import { failProcess, leaveRecord } from '../report/fail-run';

/** CHILD_MESSAGE_END of jest-worker. */
const END = 2;

/** Reports errors when it is too late to add them to a test file: prints them, and fails the run. */
export function reportLast(errors: readonly RunError[]): void {
  for (const { stack } of errors) {
    process.stderr.write(`\n${stack}\n\n`);
    if (jestParent() === undefined || !leaveRecord(stack)) failProcess(1);
  }
}

/**
 * Calls `end` when this process ends, for a project whose runner does not say when the run is over. Jest gives a worker
 * half a second for that.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-worker/src/base/BaseWorkerPool.ts#L89-L124
 *
 * Returns a function that stops this.
 */
export function onProcessEnd(end: () => Promise<RunError[]>): () => void {
  const program = embedding();
  if (program !== undefined) {
    const endRun = async (): Promise<void> => reportLast(await end());
    program.ends.add(endRun);
    return () => program.ends.delete(endRun);
  }
  let ended = false;
  // Either of these listeners keeps the process alive.
  const stop = (): void => {
    ended = true;
    process.off('message', listen);
    process.off('disconnect', endNow);
    process.off('newListener', onNewListener);
    process.off('beforeExit', endNow);
  };
  const endNow = async (): Promise<void> => {
    if (ended) return;
    stop();
    reportLast(await end());
  };
  const listen = (message: unknown): void => {
    if (Array.isArray(message) && message[0] === END) void endNow();
  };
  const onNewListener = (event: string | symbol): void => {
    if (event === 'exit' && isCalledByJest()) void endNow();
  };
  // In band a fixture that keeps the process alive, a server for one, would do so for ever.
  if (jestParent() === undefined) process.on('newListener', onNewListener);
  if (isMainThread && process.channel != null) {
    process.on('message', listen);
    process.once('disconnect', endNow);
  }
  process.once('beforeExit', endNow);
  return stop;
}

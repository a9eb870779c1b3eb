import * as promises from '../../node/promise';
import { getHeapStatistics } from '../../node/v8';
import { processState } from '../../process/process-state';
import { jestState } from './jest-state';

/*
 * Jest's `workerIdleMemoryLimit`. When a file has ended, Jest asks its worker how much memory it uses, and gives it the
 * next file at once. If the answer exceeds the limit, Jest ends the worker in the middle of that file and runs the file
 * again in another one. So we tear down what lives in the worker before Jest learns that a file has ended, and start
 * the next file when it is certain that the worker stays.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-worker/src/workers/ChildProcessWorker.ts#L271-L292
 */

/** How long in ms to wait for Jest to end a worker: one over the limit, and one close to it. */
const OVER_LIMIT = 2000;
const CLOSE_TO_LIMIT = 100;

/** A file has ended: whether Jest may replace this worker now. */
export function mayBeReplaced(limit: unknown): boolean {
  jestState.replacementMs = 0;
  if (!jestState.isListening || typeof limit !== 'number') return false;
  // Jest asks `process.memoryUsage()`, which also reads what the system knows: that takes a millisecond.
  const { used_heap_size: heapUsed } = getHeapStatistics();
  // Jest measures later, when more may be in use.
  const may = heapUsed > limit * 0.8;
  if (may) jestState.replacementMs = heapUsed > limit ? OVER_LIMIT : CLOSE_TO_LIMIT;
  return may;
}

/** Before the next file: nothing is set up for it in a worker that Jest replaces. */
export async function awaitReplacement(): Promise<void> {
  const { setTimeout } = processState.real;
  if (jestState.replacementMs > 0) await new Promise(resolve => setTimeout(resolve, jestState.replacementMs));
  await hangIfEnding();
}

/** Never resolves in a worker that is ending: Jest runs its file again elsewhere and must get no result from here. */
export function hangIfEnding(): Promise<void> {
  return jestState.isEnding ? new Promise(() => {}) : promises.resolve();
}

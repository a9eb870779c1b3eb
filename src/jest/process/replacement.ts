import * as promises from '../../node/promise';
import { worker } from '../../process/store';
import { state } from './state';

/*
 * Jest's `workerIdleMemoryLimit`. When a file has ended, Jest asks its worker for the memory that it has, and gives it
 * the next file at once; when it hears that it is too much, it ends the worker in the midst of that, and lets another
 * run the file again. So what lives in the worker goes down before Jest is told that a file has ended, and the next
 * one begins when it is settled that the worker stays.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-worker/src/workers/ChildProcessWorker.ts#L271-L292
 */

/** How long in ms to wait for Jest to end a worker that has more than the limit, and one that may have. */
const SURE = 2000;
const PERHAPS = 100;

/** A file has ended: whether Jest may replace this worker now. */
export function mayBeReplaced(limit: unknown): boolean {
  const { heapUsed } = process.memoryUsage();
  // A little before Jest thinks so.
  const may = state.isListening && typeof limit === 'number' && heapUsed > limit * 0.8;
  state.replacementMs = may ? (heapUsed > (limit as number) ? SURE : PERHAPS) : 0;
  return may;
}

/** The next file begins: nothing of it comes up in a worker that is replaced. */
export async function awaitReplacement(): Promise<void> {
  const { setTimeout } = worker.real;
  if (state.replacementMs > 0) await new Promise(resolve => setTimeout(resolve, state.replacementMs));
  await hangIfEnding();
}

/** Never resolves in a worker that ends: Jest is not to hear of what became of its file. */
export function hangIfEnding(): Promise<void> {
  return state.isEnding ? new Promise(() => {}) : promises.resolve();
}

import { loadEngine } from '../process/compiled/load-code';
import { jestState } from '../process/jest-state';
import type { WorkerSide } from './worker-side';

/*
 * Shared fixtures have two sides: Jest's main process and the processes that run test files, which may be the same one.
 * All of them load this file. The sides are part of the engine, which the main process loads only for the first fixture.
 */

/** Loads both sides. `project` is given where no test file has loaded them. */
export function loadSides(project?: Parameters<typeof loadEngine>[0]): typeof import('.') {
  return loadEngine(project) as typeof import('.');
}

/** The worker side of this process. */
export function workerSide(): WorkerSide {
  jestState.workerSide ??= new (loadSides().WorkerSide)();
  return jestState.workerSide as WorkerSide;
}

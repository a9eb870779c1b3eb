import { withOriginals } from '../../node/originals';
import * as path from '../../node/path';
import { PACKAGE_FOLDER } from '../../util/package-folder';
import { state } from '../process/state';
import type { WorkerSide } from './worker-side';

/*
 * Shared fixtures have two sides: Jest's main process and the processes that run test files, which may be the same one.
 * All of them load this file, but the sides themselves only when a test needs the first shared fixture.
 */

/** Loads both sides, which are bundled apart from the environment: most runs do not need them. */
export function loadSides(): typeof import('.') {
  return withOriginals(
    () => require(path.join(PACKAGE_FOLDER, 'entries/shared-fixtures')) as typeof import('.'),
  );
}

/** The worker side of this process. */
export function workerSide(): WorkerSide {
  state.workerSide ??= new (loadSides().WorkerSide)();
  return state.workerSide as WorkerSide;
}

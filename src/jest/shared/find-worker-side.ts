import { withOriginals } from '../../node/originals';
import * as path from '../../node/path';
import { PACKAGE_FOLDER } from '../../util/package-folder';
import { state } from '../process/state';
import type { WorkerSide } from './worker-side';

/*
 * The two sides of shared fixtures are Jest's main process and the processes that run test files, which may be one.
 * This file is loaded in all of them; the sides themselves only when a test needs the first shared fixture.
 */

/** The sides. They are bundled apart from the environment: most runs never load them. */
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

import { withOriginals } from '../../node/capture/originals';
import * as path from '../../node/path';
import { PACKAGE_FOLDER } from '../../util/package-folder';

/** Loads what observes a run, which is bundled apart. The caller says what it is: it stands above this file. */
export function loadObserve(): unknown {
  return withOriginals(() => require(path.join(PACKAGE_FOLDER, 'entries/observe')) as unknown);
}

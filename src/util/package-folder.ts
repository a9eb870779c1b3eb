import { existsSync } from '../node/fs';
import { dirname, join } from '../node/path';

/** The folder of this package's code: `src`, or `build` in any bundle. */
export const PACKAGE_FOLDER = find(__dirname);

function find(folder: string): string {
  const outer = dirname(folder);
  return outer === folder || existsSync(join(folder, 'entries')) ? folder : find(outer);
}

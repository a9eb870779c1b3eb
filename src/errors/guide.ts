import { existsSync } from '../node/fs';
import { dirname, join, relative, sep } from '../node/path';
import { orUndefined } from '../util/or-undefined';
import { PACKAGE_FOLDER } from '../util/package-folder';

const DOCS = 'node_modules/jest-loop/docs';

/**
 * A page of the guide, in the installed package, so that it can be read offline: as seen from the working directory, for
 * terminals that open it. In a workspace the package may be further out; where it is linked or zipped, it is elsewhere.
 */
export function guidePage(page: string): string {
  return `${orUndefined(docsFolder) ?? DOCS}/${page}`;
}

function docsFolder(): string {
  // Throws where the directory is gone.
  const start = process.cwd();
  for (let folder = start, up = ''; ; folder = dirname(folder), up += '../') {
    if (existsSync(join(folder, DOCS))) return `${up}${DOCS}`;
    if (dirname(folder) === folder) break;
  }
  const own = join(dirname(PACKAGE_FOLDER), 'docs');
  return existsSync(own) ? relative(start, own).replaceAll(sep, '/') : DOCS;
}

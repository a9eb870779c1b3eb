import { readdirSync } from '../../node/fs';
import { join } from '../../node/path';
import { PACKAGE_FOLDER } from '../../util/package-folder';

/** The modules of this package: those that it exports, and those that these load when they need them. */
export function ownModules(): string[] {
  return readdirSync(PACKAGE_FOLDER, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.js'))
    .map(file => join(PACKAGE_FOLDER, file));
}

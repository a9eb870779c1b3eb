import * as path from '../node/path';

/** The folder of this package's code, whether it runs from source or from the bundles in `entries`. */
export const PACKAGE_FOLDER = path.dirname(__dirname);

import { jestState } from '../jest-state';
import { dynamicImport } from './dynamic-import';

/**
 * Imports a module into the realm of this process. Node 20 refuses `import()` in code that comes from a cache, as our
 * bundles do from their second run on: "A dynamic import callback was not specified".
 */
export function importModule(specifier: string): Promise<unknown> {
  return (jestState.importModule ?? dynamicImport)(specifier);
}

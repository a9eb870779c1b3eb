import type { Config } from '@jest/types';
import { readFileSync } from '../../../node/fs';
import { hasSyncHooks } from './esm-jest-globals';
import { FOR_REQUIRE, jestPackage } from './loaded-packages';
import type { Project } from './project-modules';

const STATEMENT = /^\s*(?:export\b|import\b(?!\s*[(.]))/m;

/**
 * Whether Node has to `import` a file. Node 20 can also `require` an ES module, but then it does not ask the hooks through
 * which such a module finds `@jest/globals`.
 * https://nodejs.org/docs/latest-v20.x/api/modules.html#loading-ecmascript-modules-using-require
 */
export function needsImport(file: string, { config, transformer }: Project): boolean {
  if (hasSyncHooks() || !isModule(file, config)) return false;
  const source = readFileSync(file, 'utf8');
  // A transform may have made a CommonJS module of it.
  if (!transformer.shouldTransform(file)) return STATEMENT.test(source);
  return STATEMENT.test(transformer.transformSource(file, source, FOR_REQUIRE).code);
}

function isModule(file: string, { rootDir, extensionsToTreatAsEsm }: Config.ProjectConfig): boolean {
  if (!file.endsWith('.js')) return false;
  return jestPackage('jest-resolve', rootDir).default.unstable_shouldLoadAsEsm(file, extensionsToTreatAsEsm);
}

import { createRequire } from 'node:module';
import type { Config } from '@jest/types';
import { loadFailed } from '../../../errors/fixtures/shared';
import { headOf } from '../../../errors/problem';
import type { LoadedFile } from '../../../fixtures/shared/replica';
import * as fs from '../../../node/fs';
import * as path from '../../../node/path';
import { pathToFileURL } from '../../../node/url';
import { types } from '../../../node/util';
import { importModule } from '../../process/compiled/import-module';
import { resolveJest } from '../../process/jest-packages';
import { mainRun } from '../../process/main-run';
import { nameIn } from '../../report/sites';
import { collector } from './declaration-collector';
import { nativeGlobals } from './esm-jest-globals';
import { RequireHook } from './require-hook';

/**
 * Loads setup files and `jest.fixtures` files in the realm of this process, where shared fixtures live, through the
 * transform of their project. One at a time: a declaration belongs to the file being loaded.
 */
export class FixtureFileLoader {
  readonly #loaded = new Map<string, Promise<LoadedFile>>();
  readonly #requireHook = new RequireHook();

  /** The declarations of a file, which is loaded on first request. */
  load(file: string, config: Config.ProjectConfig): Promise<LoadedFile> {
    const key = `${config.id}\0${file}`;
    let loaded = this.#loaded.get(key);
    if (loaded === undefined) {
      loaded = collector().last.then(() => this.#load(file, config));
      collector().last = loaded.catch(() => {});
      this.#loaded.set(key, loaded);
    }
    return loaded;
  }

  /** Compiles files ahead. */
  prepare(config: Config.ProjectConfig, files: readonly string[]): void {
    this.#requireHook.prepare(config, files);
  }

  /** Forgets the user's modules: in the next run of watch mode they may have changed. */
  forget(): void {
    this.#loaded.clear();
    collector().forget(this.#requireHook.forget());
  }

  async #load(file: string, config: Config.ProjectConfig): Promise<LoadedFile> {
    const { natives } = collector();
    const known = natives.get(file);
    const { mtimeMs: changed } = fs.statSync(file);
    if (known?.changed === changed) return known.loaded;
    // In a process that runs test files, Jest supports source maps.
    if (mainRun()?.inBand === false) process.setSourceMapsEnabled(true);
    this.#requireHook.enter(config.id);
    // Another file may have loaded it as a module.
    delete require.cache[file];
    const restore = this.#replaceGlobals(config.rootDir);
    try {
      const load = async (): Promise<unknown> => {
        // Under another name, because Node keeps the previous version.
        if (known !== undefined) return importModule(`${pathToFileURL(file).href}?changed=${changed}`);
        return this.#requireHook.load(file, config);
      };
      const loaded = await collector().collect(config, load);
      if (isNative(file)) natives.set(file, { loaded, changed });
      return loaded;
    } catch (error) {
      const problem = loadFailed(nameIn(config.rootDir, file), error);
      const failed = new Error(problem.message, { cause: error });
      failed.stack = `${headOf(problem)}\n${problem.frames ?? ''}`;
      throw Object.assign(failed, { code: problem.code });
    } finally {
      restore();
    }
  }

  /** `import { test } from '@jest/globals'` throws outside Jest's sandbox. */
  #replaceGlobals(rootDir: string): () => void {
    const replaced: string[] = [];
    const leave = nativeGlobals(collector().jestGlobals);
    const project = (): string => createRequire(path.join(rootDir, 'package.json')).resolve('@jest/globals');
    for (const resolve of [project, () => resolveJest('@jest/globals', rootDir)]) {
      try {
        const file = resolve();
        if (require.cache[file] !== undefined) continue;
        const exports = { ...collector().jestGlobals, __esModule: true };
        require.cache[file] = { id: file, filename: file, loaded: true, exports } as NodeModule;
        replaced.push(file);
      } catch {
        // Not installed where it could be imported.
      }
    }
    return () => {
      leave();
      for (const file of replaced) delete require.cache[file];
    };
  }
}

/** Whether a loaded file is an ES module. Newer versions of Node list one in the cache when it was required. */
function isNative(file: string): boolean {
  const cached = require.cache[file];
  return cached === undefined || types.isModuleNamespaceObject(cached.exports);
}

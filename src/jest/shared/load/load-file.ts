import { createRequire } from 'node:module';
import type { Config } from '@jest/types';
import { loadFailed } from '../../../errors/shared';
import * as fs from '../../../node/fs';
import * as path from '../../../node/path';
import { pathToFileURL } from '../../../node/url';
import { types } from '../../../node/util';
import type { LoadedFile } from '../../../shared/replica';
import { mainRun } from '../../process/main-run';
import { nameIn } from '../../report/sites';
import { collector } from './declaration-collector';
import { nativeGlobals } from './esm-jest-globals';
import { RequireHook } from './require-hook';

/**
 * Loads setup files and `jest.fixtures` files in the realm of this process, through the transform of their project:
 * there live the fixtures that outlive test files. One at a time: what a file declares is told by when.
 */
export class FixtureFileLoader {
  readonly #collector = collector();
  readonly #loaded = new Map<string, Promise<LoadedFile>>();
  readonly #outside = new RequireHook();

  /** What a file declares; loaded when it is first asked for. */
  load(file: string, config: Config.ProjectConfig): Promise<LoadedFile> {
    const key = `${config.id}\0${file}`;
    let loaded = this.#loaded.get(key);
    if (loaded === undefined) {
      loaded = this.#collector.last.then(() => this.#load(file, config));
      this.#collector.last = loaded.catch(() => {});
      this.#loaded.set(key, loaded);
    }
    return loaded;
  }

  /** Forgets all of the user's modules: in the next run (of watch mode) they may have changed. */
  forget(): void {
    this.#loaded.clear();
    this.#collector.forget(this.#outside.forget());
  }

  async #load(file: string, config: Config.ProjectConfig): Promise<LoadedFile> {
    const { natives } = this.#collector;
    const known = natives.get(file);
    const { mtimeMs: changed } = fs.statSync(file);
    if (known?.changed === changed) return known.loaded;
    // A process that runs test files has Jest's own support for source maps.
    if (mainRun()?.inBand === false) process.setSourceMapsEnabled(true);
    this.#outside.enter(config.id);
    // Loaded by another such file: what it declares is its own.
    delete require.cache[file];
    const restore = this.#replaceGlobals(config.rootDir);
    try {
      const load = async (): Promise<unknown> => {
        // Under another name, because Node has it already as it was.
        if (known !== undefined) return import(`${pathToFileURL(file).href}?changed=${changed}`);
        return this.#outside.load(file, config);
      };
      const loaded = await this.#collector.collect(config, load);
      if (isNative(file)) natives.set(file, { loaded, changed });
      return loaded;
    } catch (error) {
      const { code, message, frames = '' } = loadFailed(nameIn(config.rootDir, file), error);
      const failed = Object.assign(new Error(message, { cause: error }), { code });
      failed.stack = `Error: ${message}\n${frames}`;
      throw failed;
    } finally {
      restore();
    }
  }

  /** `import { test } from '@jest/globals'` throws outside of Jest's sandbox. */
  #replaceGlobals(rootDir: string): () => void {
    const replaced: string[] = [];
    const leave = nativeGlobals(this.#collector.jestGlobals);
    for (const from of [path.join(rootDir, 'package.json'), __filename]) {
      try {
        const file = createRequire(from).resolve('@jest/globals');
        if (require.cache[file] !== undefined) continue;
        const exports = { ...this.#collector.jestGlobals, __esModule: true };
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

/** Whether a file that is loaded is an ES module. Newer Nodes list such a one where it has been required. */
function isNative(file: string): boolean {
  const cached = require.cache[file];
  return cached === undefined || types.isModuleNamespaceObject(cached.exports);
}

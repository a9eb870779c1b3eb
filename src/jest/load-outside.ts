import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { types } from 'node:util';
import type { Config } from '@jest/types';
import { loadFailed } from '../errors/wide';
import { getOrMake } from '../fixtures/get-or-make';
import { mainRun } from '../run/main-run';
import type { LoadedFile } from '../wide/mirror';
import { collector } from './collector';
import { nativeGlobals } from './native-globals';
import { nameIn } from './sites';

/** The part of `@jest/transform` that is needed. It is taken from the project's own Jest. */
interface Transform {
  createScriptTransformer(config: Config.ProjectConfig): Promise<{
    requireAndTranspileModule(
      file: string,
      callback: undefined,
      options: { readonly applyInteropRequireDefault: boolean },
    ): Promise<unknown>;
  }>;
}

/**
 * Loads setup files and `jest.fixtures` files in the realm of this process, through the transform of their project:
 * there live the fixtures that outlive test files. One at a time, because Jest's hook into `require` is one for all.
 */
export class OutsideLoader {
  readonly #collector = collector();
  readonly #loaded = new Map<string, Promise<LoadedFile>>();
  /** The modules that came with them, of each project: to be forgotten with them. */
  readonly #modules = new Map<string, Map<string, NodeModule>>();

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
    const all = new Set([...this.#modules.values()].flatMap(modules => [...modules.keys()]));
    this.#collector.forget(all);
    for (const file of all) delete require.cache[file];
    this.#modules.clear();
  }

  async #load(file: string, config: Config.ProjectConfig): Promise<LoadedFile> {
    const { natives } = this.#collector;
    const known = natives.get(file);
    const { mtimeMs: changed } = fs.statSync(file);
    if (known?.changed === changed) return known.loaded;
    // A process that runs test files has Jest's own support for source maps.
    if (mainRun()?.inBand === false) process.setSourceMapsEnabled(true);
    const modules = this.#enter(config.id);
    // Loaded by another such file: what it declares is its own.
    delete require.cache[file];
    const before = new Set(Object.keys(require.cache));
    const restore = this.#replaceGlobals(config.rootDir);
    try {
      const load = async (): Promise<unknown> => {
        // Under another name, because Node has it already as it was.
        if (known !== undefined) return import(`${pathToFileURL(file).href}?changed=${changed}`);
        const transformer = await transformOf(config.rootDir).createScriptTransformer(config);
        return transformer.requireAndTranspileModule(file, undefined, { applyInteropRequireDefault: false });
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
      for (const [loaded, module] of Object.entries(require.cache)) {
        if (!before.has(loaded) && !/[\\/]node_modules[\\/]/.test(loaded)) modules.set(loaded, module!);
      }
    }
  }

  /** From here on `require` finds the modules of one project: those of others went through other transforms. */
  #enter(project: string): Map<string, NodeModule> {
    const own = getOrMake(this.#modules, project, () => new Map<string, NodeModule>());
    for (const modules of this.#modules.values())
      for (const file of modules.keys()) delete require.cache[file];
    for (const [file, module] of own) require.cache[file] = module;
    return own;
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

/** The one that the running Jest has loaded, whoever depends on it. */
function transformOf(rootDir: string): Transform {
  const loaded = Object.keys(require.cache).find(file =>
    /[\\/]@jest[\\/]transform[\\/]build[\\/]index\.js$/.test(file),
  );
  if (loaded !== undefined) return require(loaded) as Transform;
  return createRequire(path.join(rootDir, 'package.json'))('@jest/transform') as Transform;
}

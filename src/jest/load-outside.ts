import { createRequire } from 'node:module';
import * as path from 'node:path';
import type { Config } from '@jest/types';
import { loadFailed } from '../errors/wide';
import { mainRun } from '../run/main-run';
import type { LoadedFile } from '../wide/mirror';
import { collector } from './collector';

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
  /** The modules that came with them, to be forgotten with them. */
  readonly #modules = new Set<string>();
  #last: Promise<unknown> = Promise.resolve();

  /** What a file declares; loaded when it is first asked for. */
  load(file: string, config: Config.ProjectConfig): Promise<LoadedFile> {
    const key = `${config.id}\0${file}`;
    let loaded = this.#loaded.get(key);
    if (loaded === undefined) {
      loaded = this.#last.then(() => this.#load(file, config));
      this.#last = loaded.catch(() => {});
      this.#loaded.set(key, loaded);
    }
    return loaded;
  }

  /** Forgets all of the user's modules: in the next run (of watch mode) they may have changed. */
  forget(): void {
    this.#loaded.clear();
    this.#collector.forget();
    for (const file of this.#modules) delete require.cache[file];
    this.#modules.clear();
  }

  async #load(file: string, config: Config.ProjectConfig): Promise<LoadedFile> {
    // A process that runs test files has Jest's own support for source maps.
    if (mainRun()?.inBand === false) process.setSourceMapsEnabled(true);
    const before = new Set(Object.keys(require.cache));
    // Another project's, through another transform.
    delete require.cache[file];
    const restore = this.#replaceGlobals(config.rootDir);
    try {
      return await this.#collector.collect(config.rootDir, async () => {
        const transformer = await transformOf(config.rootDir).createScriptTransformer(config);
        await transformer.requireAndTranspileModule(file, undefined, { applyInteropRequireDefault: false });
      });
    } catch (error) {
      const name = path.relative(config.rootDir, file).split(path.sep).join('/');
      const { code, message, frames = '' } = loadFailed(name, error);
      const failed = Object.assign(new Error(message, { cause: error }), { code });
      failed.stack = `Error: ${message}\n${frames}`;
      throw failed;
    } finally {
      restore();
      for (const loaded of Object.keys(require.cache)) {
        if (!before.has(loaded) && !/[\\/]node_modules[\\/]/.test(loaded)) this.#modules.add(loaded);
      }
    }
  }

  /** `import { test } from '@jest/globals'` throws outside of Jest's sandbox. */
  #replaceGlobals(rootDir: string): () => void {
    const replaced: string[] = [];
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
      for (const file of replaced) delete require.cache[file];
    };
  }
}

/** The one that the running Jest has loaded, whoever depends on it. */
function transformOf(rootDir: string): Transform {
  const loaded = Object.keys(require.cache).find(file =>
    /[\\/]@jest[\\/]transform[\\/]build[\\/]index\.js$/.test(file),
  );
  if (loaded !== undefined) return require(loaded) as Transform;
  return createRequire(path.join(rootDir, 'package.json'))('@jest/transform') as Transform;
}

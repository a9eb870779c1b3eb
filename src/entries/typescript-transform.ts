import { createRequire } from 'node:module';
import { hasBabel } from '../config/typescript';
import { withOriginals } from '../node/capture/originals';
import { createHash } from '../node/crypto';
import * as fs from '../node/fs';
import * as json from '../node/json';
import { getOrMake } from '../util/get-or-make';

/** The options of `createTransformer`: the paths of the transformers, and the options of ts-jest. */
interface Options {
  readonly tsJest: string;
  readonly babelJest: string;
  readonly tsJestOptions: Readonly<Record<string, unknown>>;
}

interface Transformer {
  getCacheKey(source: string, path: string, options: TransformOptions): string;
  process(source: string, path: string, options: TransformOptions): unknown;
  processAsync(source: string, path: string, options: TransformOptions): Promise<unknown>;
}

interface TransformOptions {
  readonly config: { readonly rootDir: string; readonly cwd: string };
  readonly configString: string;
  readonly instrument: boolean;
  readonly supportsStaticESM: boolean;
}

/**
 * Loads ts-jest on demand. Jest loads all transformers of a project before the first file, and ts-jest loads TypeScript,
 * which takes longer than many a suite. So it waits for a file that is not in Jest's cache. Files are compiled one by
 * one, so the cache key consists of a file's text and the versions.
 */
function createTransformer({ tsJest, babelJest, tsJestOptions }: Options): object {
  const loaded = new Map<string, Transformer>();
  const load = (path: string, options: object): Transformer =>
    getOrMake(loaded, path, () => {
      const { default: factory } = withOriginals(() => require(path)) as {
        default: { createTransformer(options: object): Transformer };
      };
      return factory.createTransformer(options);
    });
  const typescript = (): Transformer => load(tsJest, tsJestOptions);
  // A project with a Babel configuration gets Jest's default for TypeScript.
  const usesBabel = new Map<string, boolean>();
  const babel = ({ config: { rootDir, cwd } }: TransformOptions): Transformer | undefined =>
    getOrMake(usesBabel, rootDir, () => hasBabel(rootDir) || hasBabel(cwd)) ? load(babelJest, {}) : undefined;
  let versions: string | undefined;
  return {
    process: (source: string, path: string, options: TransformOptions) =>
      (babel(options) ?? typescript()).process(source, path, options),
    processAsync: (source: string, path: string, options: TransformOptions) =>
      (babel(options) ?? typescript()).processAsync(source, path, options),
    getCacheKey(source: string, path: string, options: TransformOptions): string {
      const byBabel = babel(options);
      if (byBabel !== undefined) return byBabel.getCacheKey(source, path, options);
      versions ??= versionsOf(tsJest);
      const { configString, instrument, supportsStaticESM } = options;
      const parts = [source, path, configString, String(instrument), String(supportsStaticESM), versions];
      return createHash('sha1').update(parts.join('\0')).digest('hex');
    },
  };
}

function versionsOf(tsJest: string): string {
  const find = createRequire(tsJest);
  const files = ['../package.json', 'typescript/package.json'].map(name => find.resolve(name));
  return [process.version, ...files.map(file => json.parse(fs.readFileSync(file, 'utf8')).version)].join(' ');
}

export = { createTransformer };

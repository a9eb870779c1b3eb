import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';

/** What `createTransformer` gets: where ts-jest is, and what it is told. */
interface Options {
  readonly tsJest: string;
  readonly tsJestOptions: Readonly<Record<string, unknown>>;
}

interface Transformer {
  process(source: string, path: string, options: TransformOptions): unknown;
  processAsync(source: string, path: string, options: TransformOptions): Promise<unknown>;
}

interface TransformOptions {
  readonly configString: string;
  readonly instrument: boolean;
  readonly supportsStaticESM: boolean;
}

/**
 * ts-jest behind a door. Jest loads every transformer of a project before the first file, and ts-jest loads
 * TypeScript, which takes longer than many a suite: so it is loaded when a file has to be compiled, not when
 * Jest has it in its cache. Each file is compiled by itself, so its text and the versions make the key.
 */
function createTransformer({ tsJest, tsJestOptions }: Options): object {
  let loaded: Transformer | undefined;
  const load = (): Transformer => {
    if (loaded === undefined) {
      const { default: factory } = require(tsJest) as {
        default: { createTransformer(options: object): Transformer };
      };
      loaded = factory.createTransformer(tsJestOptions);
    }
    return loaded;
  };
  let versions: string | undefined;
  return {
    process: (source: string, path: string, options: TransformOptions) =>
      load().process(source, path, options),
    processAsync: (source: string, path: string, options: TransformOptions) =>
      load().processAsync(source, path, options),
    getCacheKey(source: string, path: string, options: TransformOptions): string {
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
  return [process.version, ...files.map(file => JSON.parse(fs.readFileSync(file, 'utf8')).version)].join(' ');
}

export = { createTransformer };

import type { Config } from '@jest/types';
import { withOriginals } from '../../../node/capture/originals';
import { loadedJest, requireJest } from '../../process/jest-packages';

/** The parts of Jest's packages that we use. */
interface Packages {
  readonly '@jest/transform': {
    createScriptTransformer(config: Config.ProjectConfig): Promise<Transformer>;
  };
  readonly 'jest-resolve': {
    readonly default: { unstable_shouldLoadAsEsm(file: string, extensions: readonly string[]): boolean };
  };
  readonly 'jest-runtime': {
    readonly default: { createResolver(config: Config.ProjectConfig, moduleMap: object): JestResolver };
  };
  readonly 'jest-util': {
    requireOrImportModule(file: string, applyInteropRequireDefault: boolean): Promise<unknown>;
  };
}

export interface Transformer {
  shouldTransform(file: string): boolean;
  transformSource(
    file: string,
    code: string,
    options: Readonly<Record<(typeof TRANSFORM_OPTIONS)[number], boolean>>,
  ): { readonly code: string };
}

export interface JestResolver {
  resolveStubModuleName(from: string, name: string, options?: { conditions: string[] }): string | null;
  resolveModule(from: string, name: string, options?: { conditions: string[] }): string;
}

const TRANSFORM_OPTIONS = [
  'instrument',
  'supportsDynamicImport',
  'supportsExportNamespaceFrom',
  'supportsStaticESM',
  'supportsTopLevelAwait',
] as const;

/** Node's own `require` runs the transformed code. */
export const FOR_REQUIRE = Object.fromEntries(TRANSFORM_OPTIONS.map(name => [name, false])) as Record<
  (typeof TRANSFORM_OPTIONS)[number],
  boolean
>;

/** A package as the running Jest loaded it, else as we find it. */
export function jestPackage<Name extends keyof Packages>(name: Name, rootDir: string): Packages[Name] {
  const loaded = loadedJest(name);
  if (loaded === undefined) return requireJest(name, rootDir) as Packages[Name];
  return withOriginals(() => require(loaded) as Packages[Name]);
}

import type { Config } from '@jest/types';
import { type JestResolver, jestPackage, type Transformer } from './loaded-packages';

const CONDITIONS = { conditions: ['require', 'node', 'default'] };

/** Node cannot load Haste modules. */
const NO_HASTE = { getModule: () => null, getPackage: () => null, getMockModule: () => null };

/** Finds and compiles the files of one project. */
export class Project {
  #resolver: JestResolver | undefined;

  constructor(
    readonly config: Config.ProjectConfig,
    readonly transformer: Transformer,
  ) {}

  /** The target of a module in `moduleNameMapper`; undefined if it has none. */
  mapped(from: string, request: string): string | undefined {
    if (this.config.moduleNameMapper.length === 0) return undefined;
    return this.#jestResolver.resolveStubModuleName(from, request, CONDITIONS) ?? undefined;
  }

  /** Jest's resolution, by `modulePaths`, `moduleDirectories`, a `resolver` and other file extensions. */
  resolve(from: string, request: string): string | undefined {
    try {
      return this.#jestResolver.resolveModule(from, request, CONDITIONS);
    } catch {
      return undefined;
    }
  }

  get #jestResolver(): JestResolver {
    this.#resolver ??= jestPackage('jest-runtime', this.config.rootDir).default.createResolver(
      this.config,
      NO_HASTE,
    );
    return this.#resolver;
  }
}

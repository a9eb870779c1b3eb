import type { Config } from '@jest/types';
import { explained } from '../../errors/problem';
import { noGlobalFunction } from '../../errors/project/config';

/** What a `globalSetup` or `globalTeardown` module exports. */
export type GlobalHook = (globalConfig: Config.GlobalConfig, projectConfig: Config.ProjectConfig) => unknown;

/** The function, or a module with it as its default export. */
export type GivenHook = GlobalHook | { readonly default: GlobalHook };

/** The given function, or the default export of the given module; undefined without either. */
export function hookOf(given: GivenHook | undefined, kind: 'setup' | 'teardown'): GlobalHook | undefined {
  if (given === undefined) return undefined;
  const found: unknown = typeof given === 'function' ? given : Object(given).default;
  if (typeof found === 'function') return found as GlobalHook;
  const problem = noGlobalFunction(kind, given);
  throw explained(new TypeError(problem.message), problem);
}

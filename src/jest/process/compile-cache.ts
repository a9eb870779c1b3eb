import * as nodeModule from 'node:module';
import { dirname } from '../../node/path';

/*
 * Much of the time that Jest needs to start goes into compiling its own modules, in each process anew. Node can keep the
 * compiled code in the system's temporary folder. The preset asks for that, as the commands of Vite, ESLint and
 * TypeScript do; `NODE_COMPILE_CACHE` and `NODE_DISABLE_COMPILE_CACHE` work as they always do.
 * https://nodejs.org/api/module.html#module-compile-cache
 */

/** What Node has from 22.8 on. */
interface CompileCache {
  readonly enableCompileCache?: () => unknown;
  readonly getCompileCacheDir?: () => string | undefined;
}

const nodeCache = nodeModule as CompileCache & typeof nodeModule;

type Env = Record<string, string | undefined>;

const VARIABLE = 'NODE_COMPILE_CACHE';
/** In a worker, says that we have set the variable above. */
const OURS = 'JEST_LOOP_COMPILE_CACHE';

/** What continuous integration sets: there the folder is empty in each run, and filling it takes longer than a run gains. */
const CI = ['CI', 'BUILD_ID', 'BUILD_NUMBER', 'TF_BUILD'];

/** In Jest's main process: its modules are kept from now on. */
export function keepCompiledCode(env: Env = process.env, node: CompileCache = nodeCache): void {
  if (env.CI !== 'false' && CI.some(name => env[name])) return;
  // Such coverage is less exact for code that was kept.
  if (env.NODE_V8_COVERAGE) return;
  node.enableCompileCache?.();
}

/** Calls `start`, which starts Jest's workers: Node keeps their modules, too, if it keeps those of this process. */
export function startWithCompileCache<T>(
  start: () => T,
  env: Env = process.env,
  node: CompileCache = nodeCache,
): T {
  const folder = node.getCompileCacheDir?.();
  if (folder === undefined || env[VARIABLE]) return start();
  // The folder of this version of Node is in the one that the variable means.
  env[VARIABLE] = dirname(folder);
  env[OURS] = '1';
  try {
    return start();
  } finally {
    removeFrom(env);
  }
}

/** In a worker, before any test: tests and their child processes do not see the variable, which has done its work. */
export function hideCompileCache(env: Env = process.env): void {
  if (env[OURS] !== undefined) removeFrom(env);
}

function removeFrom(env: Env): void {
  delete env[VARIABLE];
  delete env[OURS];
}

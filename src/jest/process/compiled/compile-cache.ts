import * as nodeModule from 'node:module';
import { hexOf } from '../../../node/buffer';
import { createHash } from '../../../node/crypto';
import { tmpdir } from '../../../node/os';
import { dirname, join } from '../../../node/path';
import { cachedDataVersionTag } from '../../../node/v8';
import { PACKAGE_FOLDER } from '../../../util/package-folder';
import { jestState } from '../jest-state';
import { NODE, NODE_VARIABLE, WORKER_VARIABLE } from './compile-variables';

/*
 * Much of the time that Jest needs to start goes into compiling its own modules, in each process anew. Node can keep the
 * compiled code in the system's temporary folder. The preset asks for that, as the commands of Vite, ESLint and
 * TypeScript do; `NODE_COMPILE_CACHE` and `NODE_DISABLE_COMPILE_CACHE` work as they always do.
 * https://nodejs.org/api/module.html#module-compile-cache
 *
 * Before Node 22.8, keep-modules.ts does it instead.
 */

/** What Node has from 22.8 on. */
interface CompileCache {
  readonly enableCompileCache?: () => unknown;
  readonly getCompileCacheDir?: () => string | undefined;
}

const nodeCache = nodeModule as CompileCache & typeof nodeModule;

type Env = Record<string, string | undefined>;

/** What continuous integration sets: there the folder is empty in each run, and filling it takes longer than a run gains. */
const CI = ['CI', 'BUILD_ID', 'BUILD_NUMBER', 'TF_BUILD'];

/** With these flags, the text that Node compiles of a module is more than what runs. */
const NEEDS_SOURCE = /--inspect|--enable-source-maps|--experimental-policy/;

/** In Jest's main process: its modules are kept from now on. */
export function keepCompiledCode(env: Env = process.env, node: CompileCache = nodeCache): void {
  // Such coverage is less exact for code that was kept.
  if (env.NODE_V8_COVERAGE) return;
  const isCI = env.CI !== 'false' && CI.some(name => env[name]);
  if (node.enableCompileCache !== undefined) {
    if (!isCI) node.enableCompileCache();
  } else if (!isCI || env[NODE_VARIABLE]) keepByHand(env);
}

function keepByHand(env: Env): void {
  if (jestState.moduleFolder !== undefined || env.NODE_DISABLE_COMPILE_CACHE) return;
  if ([...process.execArgv, env.NODE_OPTIONS].some(each => each !== undefined && NEEDS_SOURCE.test(each)))
    return;
  // Debuggers of editors come without a flag.
  if (env.VSCODE_INSPECTOR_OPTIONS) return;
  // Named as Node names its own.
  const version = [
    process.version,
    process.arch,
    cachedDataVersionTag().toString(16),
    process.getuid?.() ?? 0,
  ];
  const folder = join(env[NODE_VARIABLE] || join(tmpdir(), 'node-compile-cache'), version.join('-'));
  jestState.moduleFolder = folder;
  const { keepModules } = require('./keep-modules') as typeof import('./keep-modules');
  keepModules(moduleFile(folder, 'main'));
}

/** The modules that are kept of an installation, in its main process or in its workers, which load other ones. */
function moduleFile(folder: string, loader: 'main' | 'worker'): string {
  return join(folder, `jest-loop-${loader}-${hexOf(createHash('sha1').update(PACKAGE_FOLDER).digest())}`);
}

/** Calls `start`, which starts Jest's workers: their modules are kept, too, if those of this process are. */
export function startWithCompileCache<T>(
  start: () => T,
  env: Env = process.env,
  node: CompileCache = nodeCache,
): T {
  if (jestState.moduleFolder !== undefined) return startWithPreload(start, jestState.moduleFolder, env);
  const folder = node.getCompileCacheDir?.();
  if (folder === undefined || env[NODE_VARIABLE]) return start();
  // The folder of this version of Node is in the one that the variable means.
  env[NODE_VARIABLE] = dirname(folder);
  env[WORKER_VARIABLE] = NODE;
  try {
    return start();
  } finally {
    hideCompileCache(env);
  }
}

function startWithPreload<T>(start: () => T, folder: string, env: Env): T {
  const preload = ['--require', join(PACKAGE_FOLDER, 'entries', 'worker-preload.js')];
  env[WORKER_VARIABLE] = moduleFile(folder, 'worker');
  process.execArgv.push(...preload);
  try {
    return start();
  } finally {
    process.execArgv.splice(process.execArgv.lastIndexOf(preload[1]!) - 1, preload.length);
    hideCompileCache(env);
  }
}

/** In a worker, before any test: tests and their child processes do not see the variables, which have done their work. */
export function hideCompileCache(env: Env = process.env): void {
  if (env[WORKER_VARIABLE] === NODE) delete env[NODE_VARIABLE];
  delete env[WORKER_VARIABLE];
}

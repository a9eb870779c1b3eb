import * as nodeModule from 'node:module';
import { hexOf } from '../../../node/buffer';
import { createHash } from '../../../node/crypto';
import { tmpdir } from '../../../node/os';
import { dirname, join } from '../../../node/path';
import { cachedDataVersionTag } from '../../../node/v8';
import { PACKAGE_FOLDER } from '../../../util/package-folder';
import { jestState } from '../jest-state';
import { NODE_VARIABLE, WORKER_VARIABLE } from './compile-variables';

/*
 * Much of the time that Jest needs to start goes into compiling its own modules, again in each process. Node can keep the
 * compiled code in the system's temporary folder. The preset asks for that, as the commands of Vite, ESLint and
 * TypeScript do; `NODE_COMPILE_CACHE` and `NODE_DISABLE_COMPILE_CACHE` work as they always do.
 * https://nodejs.org/api/module.html#module-compile-cache
 *
 * Before Node 22.8, keep-modules.ts does it instead.
 */

/** What Node has from 22.8 on. */
export interface CompileCache {
  readonly enableCompileCache?: (folder?: string) => unknown;
  readonly getCompileCacheDir?: () => string | undefined;
}

const nodeCache = nodeModule as CompileCache & typeof nodeModule;

type Env = Record<string, string | undefined>;

/** What continuous integration sets: there the folder is empty in each run, and filling it takes longer than a run gains. */
const CI = ['CI', 'BUILD_ID', 'BUILD_NUMBER', 'TF_BUILD'];

/** With these flags, debuggers and source maps use the text that Node compiles, which would be a stub. */
const NEEDS_SOURCE = /--inspect|--enable-source-maps|--experimental-policy/;

/** Changes with what stands in the files of keep-modules.ts. */
const LAYOUT = '1';

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
  if (jestState.moduleFolder !== undefined || env.NODE_DISABLE_COMPILE_CACHE !== undefined) return;
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
  const installation = createHash('sha1').update(`${PACKAGE_FOLDER}\0${LAYOUT}`).digest();
  return join(folder, `jest-loop-${loader}-${hexOf(installation)}`);
}

/** Calls `start`, which starts Jest's workers: their modules are kept, too, if those of this process are. */
export function startWithCompileCache<T>(
  start: () => T,
  env: Env = process.env,
  node: CompileCache = nodeCache,
): T {
  const kept = keptByWorkers(env, node);
  if (kept === undefined) return start();
  const preload = ['--require', join(PACKAGE_FOLDER, 'entries', 'worker-preload.js')];
  env[WORKER_VARIABLE] = kept;
  process.execArgv.push(...preload);
  try {
    return start();
  } finally {
    process.execArgv.splice(process.execArgv.lastIndexOf(preload[1]!) - 1, preload.length);
    delete env[WORKER_VARIABLE];
  }
}

function keptByWorkers(env: Env, node: CompileCache): string | undefined {
  if (jestState.moduleFolder !== undefined) return moduleFile(jestState.moduleFolder, 'worker');
  const folder = node.getCompileCacheDir?.();
  // Node reads its own variable in workers, too. The folder of this version of Node is in the one that it is given.
  return folder === undefined || env[NODE_VARIABLE] ? undefined : dirname(folder);
}

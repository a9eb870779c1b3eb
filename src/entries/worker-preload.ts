/* A worker's first module, where compiled code is kept. See src/jest/process/compiled/compile-cache.ts. */
import * as nodeModule from 'node:module';
import type { CompileCache } from '../jest/process/compiled/compile-cache';
import { WORKER_VARIABLE } from '../jest/process/compiled/compile-variables';
import { keepModules } from '../jest/process/compiled/keep-modules';

const { execArgv, env } = process;
const { enableCompileCache } = nodeModule as CompileCache;

// What tests start by `fork` would load it, too.
const at = execArgv.lastIndexOf(__filename);
if (at > 0) execArgv.splice(at - 1, 2);

const kept = env[WORKER_VARIABLE];
// Tests and the processes that they start do not see it.
delete env[WORKER_VARIABLE];
if (kept !== undefined) {
  if (enableCompileCache !== undefined) enableCompileCache(kept);
  else keepModules(kept);
}

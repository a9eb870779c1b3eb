/* A worker's first module, where Node has no compile cache. See src/jest/process/compiled/compile-cache.ts. */
import { WORKER_VARIABLE } from '../jest/process/compiled/compile-variables';
import { keepModules } from '../jest/process/compiled/keep-modules';

const { execArgv, env } = process;

// What tests start by `fork` would load it, too.
const at = execArgv.lastIndexOf(__filename);
if (at > 0) execArgv.splice(at - 1, 2);

const file = env[WORKER_VARIABLE];
delete env[WORKER_VARIABLE];
if (file !== undefined) keepModules(file);

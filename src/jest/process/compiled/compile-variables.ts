/** Node's own: the folder of its compile cache. */
export const NODE_VARIABLE = 'NODE_COMPILE_CACHE';

/** What the main process passes to a worker: Node's folder, or the file of keep-modules.ts. The worker's first module deletes it. */
export const WORKER_VARIABLE = 'JEST_LOOP_COMPILE_CACHE';

/** Node's own: the folder of its compile cache. */
export const NODE_VARIABLE = 'NODE_COMPILE_CACHE';

/** For a worker: Node's folder, or the file of keep-modules.ts. Its first module deletes the variable. */
export const WORKER_VARIABLE = 'JEST_LOOP_COMPILE_CACHE';

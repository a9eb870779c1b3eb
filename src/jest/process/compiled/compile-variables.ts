/** Node's own: the folder of its compile cache. */
export const NODE_VARIABLE = 'NODE_COMPILE_CACHE';

/** What the main process passes to workers: `NODE` if the variable above comes from us, or the file to keep modules in. */
export const WORKER_VARIABLE = 'JEST_LOOP_COMPILE_CACHE';

export const NODE = 'node';

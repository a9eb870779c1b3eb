import { isMainThread, parentPort } from '../../node/worker-threads';

/** What Jest's runner passes on from a worker: one more failure of a file. */
export interface FileFailure {
  readonly path: string;
  /** The project's configuration: reporters look at it. */
  readonly config: unknown;
  readonly error: { readonly message: string; readonly stack: string };
}

/** Sends to Jest's main process, from its worker. */
export type ToJest = (message: unknown) => void;

/** How this process reaches Jest's main process; undefined where it is that process. */
export function jestParent(loaded: NodeJS.Dict<NodeModule> = require.cache): ToJest | undefined {
  // JEST_WORKER_ID is set in band as well, and a main process may have a parent that is no Jest.
  if (!Object.keys(loaded).some(file => /[\\/]jest-runner[\\/]build[\\/]testWorker\.js$/.test(file)))
    return undefined;
  if (!isMainThread) return message => parentPort?.postMessage(message);
  return message => {
    if (process.connected) process.send?.(message, undefined, undefined, () => {});
  };
}

/** PARENT_MESSAGE_CUSTOM of jest-worker. */
const CUSTOM = 3;

/** Lets the runner emit an event, while it waits for a file of this worker. */
export function emitAtRunner(toJest: ToJest, event: string, data: readonly unknown[]): void {
  toJest([CUSTOM, [event, data]]);
}

/**
 * Adds a failure to the results. Only while a file runs in this worker: Jest forgets whom to call for a message
 * when the worker is done with a file.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-worker/src/Farm.ts#L84-L91
 */
export function failFile(toJest: ToJest, { path, config, error }: FileFailure): void {
  emitAtRunner(toJest, 'test-file-failure', [{ path, context: { config } }, error]);
}

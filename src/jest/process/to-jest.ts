import { isMainThread, parentPort } from '../../node/worker-threads';
import { jestState } from './jest-state';

/** A further failure of a file, which Jest's runner passes on from a worker. */
export interface FileFailure {
  readonly path: string;
  /** The project's configuration, for reporters. */
  readonly config: unknown;
  readonly error: { readonly message: string; readonly stack: string };
}

/** Sends a message from a worker to Jest's main process. */
export type ToJest = (message: unknown) => void;

/** How this process reaches Jest's main process; undefined in that process. */
export function jestParent(): ToJest | undefined {
  // Each file asks several times, and a process has loaded thousands of modules.
  if (jestState.toJest === undefined && !hasNoParent()) jestState.toJest = findJestParent();
  return jestState.toJest as ToJest | undefined;
}

/** Whether nothing can have started this process as a worker. */
function hasNoParent(): boolean {
  return isMainThread && process.send === undefined;
}

/** What {@link jestParent} remembers, by the modules that are loaded. */
export function findJestParent(loaded: NodeJS.Dict<NodeModule> = require.cache): ToJest | undefined {
  // JEST_WORKER_ID is no sign: it is set in band as well. Nor is a parent process, which may be anything.
  if (!Object.keys(loaded).some(file => /[\\/]jest-runner[\\/]build[\\/]testWorker\.js$/.test(file)))
    return undefined;
  if (!isMainThread) return message => parentPort?.postMessage(message);
  return message => {
    if (process.connected) process.send?.(message, undefined, undefined, () => {});
  };
}

/** PARENT_MESSAGE_CUSTOM of jest-worker. */
const CUSTOM = 3;

/** Makes the runner emit an event, while it waits for a file of this worker. */
export function emitAtRunner(toJest: ToJest, event: string, data: readonly unknown[]): void {
  toJest([CUSTOM, [event, data]]);
}

/**
 * Adds a failure to the results. Works only while a file runs in this worker: Jest drops its callback for messages when
 * the worker is done with the file.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-worker/src/Farm.ts#L84-L91
 */
export function failFile(toJest: ToJest, { path, config, error }: FileFailure): void {
  emitAtRunner(toJest, 'test-file-failure', [{ path, context: { config } }, error]);
}

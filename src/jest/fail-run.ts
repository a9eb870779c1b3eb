import { randomUUID } from '../node/crypto';
import { appendFileSync, existsSync, rmSync } from '../node/fs';
import { tmpdir } from '../node/os';
import * as path from '../node/path';
import { isMainThread, parentPort } from '../node/worker-threads';

/*
 * A run that has to fail though each test of it has passed: the result of the file that is to blame has gone to
 * Jest already. What can be done depends on the process, and on whether Jest listens.
 */

/** On a `process.exit` of ours. */
const FAILS = Symbol.for('jest-loop.fails');

/** In Jest's own process: whatever Jest says, it does not exit with 0 any more. */
export function failProcess(code: number, target: Pick<NodeJS.Process, 'exit' | 'exitCode'> = process): void {
  if (code === 0) return;
  target.exitCode ||= code;
  const { exit } = target;
  if (FAILS in exit) return;
  // `--forceExit` exits with a code of its own, and says so once more in the `exit` event.
  // https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-cli/src/run.ts#L110-L121
  const failing: NodeJS.Process['exit'] = given =>
    Reflect.apply(exit, target, [Number(given ?? target.exitCode) || code]);
  target.exit = Object.assign(failing, { [FAILS]: true });
}

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

/** Names the file in which a worker that Jest does not listen to leaves a record. */
const RECORD = 'JEST_LOOP_LATE_RECORD';

type Main = Pick<NodeJS.Process, 'env' | 'pid' | 'ppid' | 'once' | 'exit' | 'exitCode'>;

/** The record's path, if one of these processes looks for it: a Jest that a test runs inherits another's. */
function recordOf({ env }: Pick<Main, 'env'>, pids: readonly number[]): string | undefined {
  const file = env[RECORD];
  const [, pid] = /jest-loop-late-(\d+)-[^\\/]+$/.exec(file ?? '') ?? [];
  return pids.includes(Number(pid)) ? file : undefined;
}

/** In Jest's main process, before it has workers: it fails at its end if one of them left a record. */
export function failOnRecord(target: Main = process): void {
  // With projects a preset is loaded for each.
  if (recordOf(target, [target.pid]) !== undefined) return;
  target.env[RECORD] = path.join(tmpdir(), `jest-loop-late-${target.pid}-${randomUUID()}`);
  target.once('exit', () => {
    if (takeRecord(target)) failProcess(1, target);
  });
}

/** In a worker, which may be a thread: leaves a record. False where nobody would look for it. */
export function leaveRecord(text: string, target: Pick<Main, 'env' | 'pid' | 'ppid'> = process): boolean {
  const file = recordOf(target, [target.pid, target.ppid]);
  if (file !== undefined) appendFileSync(file, `${text}\n`);
  return file !== undefined;
}

/** In the main process: whether there is a record, which is removed. */
export function takeRecord(target: Pick<Main, 'env' | 'pid'> = process): boolean {
  const file = recordOf(target, [target.pid]);
  if (file === undefined || !existsSync(file)) return false;
  rmSync(file, { force: true });
  return true;
}

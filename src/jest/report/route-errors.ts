import type { AsyncLocalStorage } from 'node:async_hooks';
import { enter, promisesHoldContext, type Storage } from '../../context/storage';
import { lateText } from '../../errors/tests/late';
import { isCancelled } from '../../loop/steps/cancellation';
import type { Step } from '../../loop/steps/step';
import type { Carried } from '../../process/process-state';
import { emittedError } from '../../util/emitted-error';
import type { FileInfo } from '../file/file-info';
import type { OwnerInFile } from '../file/owner-in-file';
import { trimStack } from '../file/stacks';
import { type FileFailure, failFile, jestParent, type ToJest } from '../process/to-jest';
import { failProcess, leaveRecord } from './fail-run';
import { type ErrorOrigin, watchProcess } from './process-listeners';
import { nameIn } from './sites';

/** The part of the process' state that matters here. */
export interface WatchedProcess {
  readonly steps: AsyncLocalStorage<Carried>;
  /** The errors of this process are watched. */
  errorWatch?: ErrorWatch;
  /** Fails the run, in Jest's main process; by default through the exit code. */
  failRun?: (code: number) => void;
}

/** The watch over one process. */
export interface ErrorWatch {
  stop: () => void;
  /** The number of our files that run in this process: one or none. */
  running: number;
  /** Failures that could not be reported yet: the next file reports them. */
  readonly unreported: FileFailure[];
}

/** The current process. */
export interface HostProcess {
  readonly process: NodeJS.Process;
  /** To Jest's main process; absent in that process. */
  readonly toJest: ToJest | undefined;
}

function hostOf(): HostProcess {
  return { process, toJest: jestParent() };
}

/**
 * Called when a file starts; its result, when the environment is down. From the first call on, each error goes to the
 * owner of the step that started it, during files and between them. An error whose file has ended is printed and fails
 * the run. Errors that are not ours are left alone.
 */
export function watchErrors(state: WatchedProcess, host: HostProcess = hostOf()): () => void {
  state.errorWatch ??= { stop: () => {}, running: 0, unreported: [] };
  const { errorWatch } = state;
  // Again for each file: something may have removed all listeners of the process.
  errorWatch.stop();
  errorWatch.stop = watchOwners(state, host);
  errorWatch.running++;
  for (const failure of errorWatch.unreported.splice(0)) report(failure, 1, state, host);
  let running = true;
  return () => {
    if (running) errorWatch.running--;
    running = false;
  };
}

/** Gives each error to the owner of the step in which it occurred. */
function watchOwners(state: WatchedProcess, host: HostProcess): () => void {
  const owners = new WeakMap<object, OwnerInFile>();
  const take = (thrown: unknown, origin: ErrorOrigin, promise: Promise<unknown> | undefined): boolean => {
    const error = emittedError(thrown);
    const step = state.steps.getStore()?.() as Step | undefined;
    if (step !== undefined && origin === 'uncaughtException') leaveContext(state);
    const owner = step?.owner as OwnerInFile | undefined;
    if (step === undefined || owner === undefined) return false;
    // Cancelled work for which nothing waits.
    if (isCancelled(error)) return true;
    if (owner.file?.ended === true) {
      late(error, owner, owner.file, state, host);
    } else {
      const message = origin === 'unhandledRejection' ? 'Unhandled rejection' : 'Uncaught exception';
      const context = {
        message,
        exception: error,
        promise,
        ...(step.task !== undefined && { task: step.task }),
      };
      const loop = step.known;
      if (loop?.hasExceptionHandler) {
        loop.report(context, step);
        return true;
      }
      if (!step.givenUp && owner.leavesToJest?.() === true) return false;
      owner.caught(context, step);
      if (promise !== undefined) owners.set(promise, owner);
    }
    return true;
  };
  const handled = (promise: Promise<unknown>): void => owners.get(promise)?.handled?.(promise);
  return watchProcess(take, handled, host.process);
}

/**
 * Where Node keeps the context in AsyncContextFrames, that of a `process.nextTick` callback which throws stays on as the
 * context of everything that has none, such as the sockets that a server accepts: later errors there would be its own.
 * https://github.com/nodejs/node/blob/v24.x/lib/internal/process/task_queues.js
 */
function leaveContext({ steps }: WatchedProcess): void {
  if (!promisesHoldContext) enter(steps as Storage, undefined);
}

/** Reports an error after the end of its file that did not come through the process. */
export function reportAfterFile(
  error: unknown,
  owner: OwnerInFile,
  state: WatchedProcess,
  host: HostProcess = hostOf(),
): void {
  late(error, owner, owner.file!, state, host);
}

/** An error whose file has ended. */
function late(
  error: unknown,
  owner: OwnerInFile,
  file: FileInfo,
  state: WatchedProcess,
  host: HostProcess,
): void {
  trimStack(error);
  const name = nameIn(file.root, file.path);
  const stack = lateText({ file: name, startedBy: owner.label, error });
  const failure = {
    path: file.path,
    config: file.config,
    error: { message: stack.split('\n', 1)[0]!, stack },
  };
  report(failure, file.failureExitCode ?? 1, state, host);
}

/** Shows an error and fails the run, by the best means available. */
function report(failure: FileFailure, code: number, state: WatchedProcess, host: HostProcess): void {
  const { toJest } = host;
  const { running, unreported } = state.errorWatch!;
  if (toJest !== undefined && running > 0) {
    try {
      // Jest shows it, as a failure of its file.
      failFile(toJest, failure);
      return;
    } catch {
      // The configuration cannot be sent.
    }
  }
  // Without an owner: if nothing reads the output (`jest | head`), the error must not count as the file's again.
  state.steps.exit(() => host.process.stderr.write(`\n${failure.error.stack}\n\n`));
  if (toJest === undefined) (state.failRun ?? (code => failProcess(code, host.process)))(code);
  else if (!leaveRecord(failure.error.stack, host.process)) unreported.push(failure);
}

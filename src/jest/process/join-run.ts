import { mainRun } from './main-run';
import { WORKER_EVENT, type WorkerMessage } from './messages';
import { state } from './state';
import { emitAtRunner, jestParent, type ToJest } from './to-jest';
import { leaveOrphaned, listenForInterrupt } from './worker-signals';

/** A test file as a part of the run. */
export interface JoinedFile {
  /** Its environment is set up: from now on Jest tears it down, whatever happens. */
  begun(): void;
  /** It has ended. */
  leave(): void;
}

/** A test file with an environment of ours starts: announces it to the runner, and registers it for interrupts. */
export function joinRun(path: string, interrupt: () => void): JoinedFile {
  // If one of `setupFiles` throws, Jest goes on to the next file without a teardown.
  // https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-runner/src/runTest.ts#L226-L240
  state.dropPendingFile?.();
  const enter = (): void => {
    if (state.interrupts.has(interrupt)) return;
    state.interrupts.add(interrupt);
    state.runningFiles++;
  };
  const drop = (): void => {
    if (state.dropPendingFile === drop) state.dropPendingFile = undefined;
    if (state.interrupts.delete(interrupt)) state.runningFiles--;
  };
  enter();
  state.dropPendingFile = drop;
  const toJest = jestParent();
  const run = mainRun();
  if (toJest === undefined) run?.fileStarted({ path });
  else {
    listenForInterrupt(() => send(toJest, { pid: process.pid, interrupted: true }));
    // The runner gets no messages between two files, so an interrupt may be news to it.
    send(toJest, { path, pid: process.pid, ...(state.isInterrupted && { interrupted: true }) });
  }
  if (state.isInterrupted || run?.isStopped) interrupt();
  return {
    begun: () => {
      if (state.dropPendingFile === drop) state.dropPendingFile = undefined;
      // A file of another run in this process may have dropped this one.
      enter();
    },
    leave: () => {
      drop();
      if (state.isOrphaned) leaveOrphaned();
    },
  };
}

function send(toJest: ToJest, message: WorkerMessage): void {
  emitAtRunner(toJest, WORKER_EVENT, [message]);
}

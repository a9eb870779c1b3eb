import { jestState } from './jest-state';
import { mainRun } from './main-run';
import { WORKER_EVENT, type WorkerMessage } from './messages';
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
  jestState.dropPendingFile?.();
  const enter = (): void => {
    if (jestState.interrupts.has(interrupt)) return;
    jestState.interrupts.add(interrupt);
    jestState.runningFiles++;
  };
  const drop = (): void => {
    if (jestState.dropPendingFile === drop) jestState.dropPendingFile = undefined;
    if (jestState.interrupts.delete(interrupt)) jestState.runningFiles--;
  };
  enter();
  jestState.dropPendingFile = drop;
  const toJest = jestParent();
  const run = mainRun();
  if (toJest === undefined) run?.fileStarted({ path });
  else {
    listenForInterrupt(() => send(toJest, { pid: process.pid, interrupted: true }));
    // The runner gets no messages between two files, so an interrupt may be news to it.
    send(toJest, { path, pid: process.pid, ...(jestState.isInterrupted && { interrupted: true }) });
  }
  if (jestState.isInterrupted || run?.isStopped) interrupt();
  return {
    begun: () => {
      if (jestState.dropPendingFile === drop) jestState.dropPendingFile = undefined;
      // A file of another run in this process may have dropped this one.
      enter();
    },
    leave: () => {
      drop();
      if (jestState.isOrphaned) leaveOrphaned();
    },
  };
}

function send(toJest: ToJest, message: WorkerMessage): void {
  emitAtRunner(toJest, WORKER_EVENT, [message]);
}

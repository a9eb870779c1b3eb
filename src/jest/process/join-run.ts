import * as promises from '../../node/promise';
import { BroadcastChannel, isMainThread } from '../../node/worker-threads';
import { worker } from '../../process/store';
import { mainRun } from './main-run';
import { INTERRUPT_CHANNEL, WORKER_EVENT, type WorkerMessage } from './messages';
import { state } from './state';
import { emitAtRunner, jestParent, type ToJest } from './to-jest';

/** How long in ms a worker without a main process may take to end by itself. */
const GRACE = 1000;

/** The part of a test file in the run. */
export interface JoinedFile {
  /** Its environment is set up: from now on Jest tears it down, whatever happens. */
  begun(): void;
  /** It has ended. */
  leave(): void;
}

/** A test file of ours begins: what runs it hears of it, and it hears of an interrupt. */
export function joinRun(path: string, interrupt: () => void): JoinedFile {
  // Where a file of `setupFiles` throws, Jest goes on without a teardown.
  // https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-runner/src/runTest.ts#L226-L240
  state.dropPendingFile?.();
  const enter = (): void => {
    if (state.interrupts.has(interrupt)) return;
    state.interrupts.add(interrupt);
    state.runningFiles++;
  };
  const forget = (): void => {
    if (state.dropPendingFile === forget) state.dropPendingFile = undefined;
    if (state.interrupts.delete(interrupt)) state.runningFiles--;
  };
  enter();
  state.dropPendingFile = forget;
  const toJest = jestParent();
  const run = mainRun();
  if (toJest === undefined) run?.fileStarted({ path });
  else {
    listen(toJest);
    // What it said of that between two files nobody has heard.
    tell(toJest, { path, pid: process.pid, ...(state.isInterrupted && { interrupted: true }) });
  }
  if (state.isInterrupted || run?.isStopped) interrupt();
  return {
    begun: () => {
      if (state.dropPendingFile === forget) state.dropPendingFile = undefined;
      // Another run in this process may have begun a file meanwhile.
      enter();
    },
    leave: () => {
      forget();
      if (state.isOrphaned) leave();
    },
  };
}

function tell(toJest: ToJest, hello: WorkerMessage): void {
  emitAtRunner(toJest, WORKER_EVENT, [hello]);
}

/** A worker listens once. It ends what runs, and goes on: the main process decides what is next. */
function listen(toJest: ToJest): void {
  if (state.isListening) return;
  state.isListening = true;
  const interrupt = (): void => {
    if (state.isInterrupted) return;
    state.isInterrupted = true;
    tell(toJest, { pid: process.pid, interrupted: true });
    interruptProcess();
  };
  if (!isMainThread) {
    const channel = new BroadcastChannel(INTERRUPT_CHANNEL);
    channel.onmessage = interrupt;
    channel.unref();
    return;
  }
  // A terminal tells all its processes, and the main process tells them once more.
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', function onTerm() {
    if (state.runningFiles > 0 && state.replacementMs === 0) {
      interrupt();
      return;
    }
    // Between files it is Jest's way to end a worker, which has half a second then. So it is for one that has more
    // memory than it may: another runs again what this one has begun.
    state.isEnding = true;
    process.removeListener('SIGTERM', onTerm);
    const end = (): void => void process.kill(process.pid, 'SIGTERM');
    if (state.farewells.size === 0) end();
    else void sayFarewell().then(end);
  });
  // The main process is gone: it was killed, or it had enough.
  const orphan = (): void => {
    state.isOrphaned = true;
    interrupt();
    // Nobody waits for a file that has not got far.
    state.dropPendingFile?.();
    if (state.runningFiles === 0) leave();
  };
  process.once('disconnect', orphan);
  // Jest goes on to tell it what happens here, and would end this process as nobody listens.
  process.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_IPC_CHANNEL_CLOSED' && error.code !== 'EPIPE') throw error;
  });
  // Listening keeps the process: when jest-worker has heard that this is the end, we have as well.
  // https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-worker/src/workers/processChild.ts#L170-L175
  process.on('removeListener', function removed(event) {
    if (event !== 'message' || process.listenerCount('message') > 0) return;
    process.off('removeListener', removed);
    process.off('disconnect', orphan);
  });
}

/** Nobody ends this worker any more. */
function leave(): void {
  void sayFarewell().then(() => {
    worker.real.setTimeout(() => process.exit(1), GRACE).unref();
  });
}

/** Ends what outlives test files. */
function sayFarewell(): Promise<unknown> {
  return promises.allSettled([...state.farewells].map(farewell => farewell()));
}

/** Ends what runs in this process: of its test file, and the set-ups of what outlives it. */
export function interruptProcess(): void {
  for (const each of [...state.interrupts]) each();
  state.workerSide?.interrupt();
}

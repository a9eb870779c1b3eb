import * as promises from '../../node/promise';
import { BroadcastChannel, isMainThread } from '../../node/worker-threads';
import { processState } from '../../process/process-state';
import { jestState } from './jest-state';
import { INTERRUPT_CHANNEL } from './messages';

/** How long in ms a worker without a main process may take to exit by itself. */
const GRACE = 1000;

/**
 * Listens, once per worker, for an interrupt of the run, and for the end of the worker. An interrupted worker aborts
 * what it runs, reports that, and stays: the main process decides what happens next.
 */
export function listenForInterrupt(report: () => void): void {
  if (jestState.isListening) return;
  jestState.isListening = true;
  const interrupt = (): void => {
    if (jestState.isInterrupted) return;
    jestState.isInterrupted = true;
    report();
    processState.observer?.emit({ type: 'interrupt' });
    interruptProcess();
  };
  if (!isMainThread) {
    const channel = new BroadcastChannel(INTERRUPT_CHANNEL);
    channel.onmessage = interrupt;
    channel.unref();
    return;
  }
  // May come twice: a terminal signals all its processes, and the main process signals its workers.
  process.on('SIGINT', interrupt);
  onTermination(interrupt);
  onDisconnect(interrupt);
}

function onTermination(interrupt: () => void): void {
  process.on('SIGTERM', function onTerm() {
    if (jestState.runningFiles > 0 && jestState.replacementMs === 0) {
      interrupt();
      return;
    }
    // Between files this is how Jest ends a worker, and the worker has half a second. A worker that is replaced for its
    // memory use ends in the same way: another one runs its file again.
    jestState.isEnding = true;
    process.removeListener('SIGTERM', onTerm);
    const end = (): void => void process.kill(process.pid, 'SIGTERM');
    if (jestState.farewells.size === 0) end();
    else void sayFarewell().then(end);
  });
}

/** The main process is gone: it was killed, or it has exited without waiting. */
function onDisconnect(interrupt: () => void): void {
  const orphan = (): void => {
    jestState.isOrphaned = true;
    interrupt();
    // A file that is not set up yet has nothing to tear down.
    jestState.dropPendingFile?.();
    if (jestState.runningFiles === 0) leaveOrphaned();
  };
  process.once('disconnect', orphan);
  // Jest still sends messages to it. Without a listener the failed sends would end this process.
  process.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_IPC_CHANNEL_CLOSED' && error.code !== 'EPIPE') throw error;
  });
  // Our listener keeps the channel open, and the process alive: jest-worker takes off its own at the regular end.
  // https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-worker/src/workers/processChild.ts#L170-L175
  process.on('removeListener', function removed(event) {
    if (event !== 'message' || process.listenerCount('message') > 0) return;
    process.off('removeListener', removed);
    process.off('disconnect', orphan);
  });
}

/** Tears down and exits: no main process will end this worker. */
export function leaveOrphaned(): void {
  void sayFarewell().then(() => {
    processState.real.setTimeout(() => process.exit(1), GRACE).unref();
  });
}

/** Tears down what outlives test files. */
function sayFarewell(): Promise<unknown> {
  return promises.allSettled([...jestState.farewells].map(farewell => farewell()));
}

/** Aborts what runs in this process: its test file, and set-ups of fixtures that outlive files. */
export function interruptProcess(): void {
  for (const each of [...jestState.interrupts]) each();
  jestState.workerSide?.interrupt();
}

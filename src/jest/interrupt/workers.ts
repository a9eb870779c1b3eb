import { BroadcastChannel } from '../../node/worker-threads';
import { getOrMake } from '../../util/get-or-make';
import type { MainRun } from '../process/main-run';
import { INTERRUPT_CHANNEL } from '../process/messages';
import { interruptProcess } from '../process/worker-signals';

/** The processes that run the files of a run, as they have announced themselves. */
export class Workers {
  /** Several for one path: projects may share files. */
  readonly #pids = new Map<string, Set<number>>();
  readonly #interrupted = new Set<number>();

  /** A worker has started a file. */
  started(path: string, pid: number): void {
    const pids = getOrMake(this.#pids, path, () => new Set());
    // So that the last one is the one that runs the file now.
    pids.delete(pid);
    pids.add(pid);
  }

  /** A worker reports that it was interrupted. */
  markInterrupted(pid: number): void {
    this.#interrupted.add(pid);
  }

  /** Whether the last worker to run a file was interrupted. */
  wasInterrupted(path: string): boolean {
    const last = [...(this.#pids.get(path) ?? [])].at(-1);
    return last !== undefined && this.#interrupted.has(last);
  }

  /** Interrupts the workers that run these files; in band, this process. */
  interrupt(run: MainRun, paths: readonly string[]): void {
    if (run.inBand) {
      interruptProcess();
      return;
    }
    const pids = new Set(paths.flatMap(path => [...(this.#pids.get(path) ?? [])]));
    if (pids.has(process.pid)) interruptThreads();
    else for (const pid of pids) signal(pid, 'SIGINT');
  }

  /** Ends all workers at once, without a teardown. */
  kill(): void {
    const pids = new Set([...this.#pids.values()].flatMap(each => [...each]));
    for (const pid of pids) if (pid !== process.pid) signal(pid, 'SIGKILL');
  }
}

function interruptThreads(): void {
  const channel = new BroadcastChannel(INTERRUPT_CHANNEL);
  channel.postMessage('interrupt');
  channel.close();
}

function signal(pid: number, name: NodeJS.Signals): void {
  // On Windows this would kill the worker, and a terminal interrupts all its processes itself.
  if (process.platform === 'win32' && name === 'SIGINT') return;
  try {
    process.kill(pid, name);
  } catch {
    // The worker has ended.
  }
}

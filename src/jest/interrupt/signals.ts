import { isatty } from 'node:tty';
import { BroadcastChannel } from '../../node/worker-threads';
import { now } from '../../process/real-time';
import { getOrMake } from '../../util/get-or-make';
import { interruptProcess } from '../process/join-run';
import type { MainRun } from '../process/main-run';
import { INTERRUPT_CHANNEL } from '../process/messages';
import { EXIT_CODE } from './exit-interrupted';

/** Ctrl-C and Ctrl-D. */
const KEYS: ReadonlySet<string> = new Set(['\u0003', '\u0004']);

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Within so many ms it is one Ctrl-C: npm passes on what a terminal has sent to all processes. */
const SAME = 500;

/** The processes in which the files of a run are run, as far as they have said so. */
export class Workers {
  /** Several of a path: projects may have files in common. */
  readonly #pids = new Map<string, Set<number>>();
  readonly #told = new Set<number>();

  /** A worker runs a file. */
  started(path: string, pid: number): void {
    const pids = getOrMake(this.#pids, path, () => new Set());
    // The last one is the one that runs it now.
    pids.delete(pid);
    pids.add(pid);
  }

  /** A worker says that it was told to end what it runs. */
  markInterrupted(pid: number): void {
    this.#told.add(pid);
  }

  /** Whether the worker that has run a file was told to end it. */
  wasInterrupted(path: string): boolean {
    const last = [...(this.#pids.get(path) ?? [])].at(-1);
    return last !== undefined && this.#told.has(last);
  }

  /** Tells those that run these files to end them; in band, this process. */
  interrupt(run: MainRun, paths: readonly string[]): void {
    if (run.inBand) {
      interruptProcess();
      return;
    }
    const pids = new Set(paths.flatMap(path => [...(this.#pids.get(path) ?? [])]));
    if (pids.has(process.pid)) tellThreads();
    else for (const pid of pids) send(pid, 'SIGINT');
  }

  /** They get no time. */
  kill(): void {
    const pids = new Set([...this.#pids.values()].flatMap(each => [...each]));
    for (const pid of pids) if (pid !== process.pid) send(pid, 'SIGKILL');
  }
}

function tellThreads(): void {
  const channel = new BroadcastChannel(INTERRUPT_CHANNEL);
  channel.postMessage('interrupt');
  channel.close();
}

function send(pid: number, signal: NodeJS.Signals): void {
  // On Windows that would kill it: there a terminal tells all its processes itself.
  if (process.platform === 'win32' && signal === 'SIGINT') return;
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended.
  }
}

/**
 * Calls `first` for the first signal to end; for the second the process ends at once. With `keys`, Ctrl-C may also come
 * as a key. Gives what stops it.
 */
export function onInterrupt(first: () => void, workers: Workers, keys: boolean): () => void {
  let came: number | undefined;
  const interrupt = (): void => {
    if (came === undefined) {
      came = now();
      first();
      return;
    }
    stop();
    workers.kill();
    process.exit(EXIT_CODE);
  };
  const listener = (): void => {
    if (came === undefined || now() - came >= SAME || !isatty(0)) interrupt();
  };
  for (const signal of SIGNALS) process.on(signal, listener);
  const stopKeys = keys ? onKeys(interrupt) : undefined;
  const stop = (): void => {
    stopKeys?.();
    for (const signal of SIGNALS) process.removeListener(signal, listener);
  };
  return stop;
}

/**
 * In watch mode a terminal gives Ctrl-C and Ctrl-D as keys, for which Jest ends the process at once: it is not told.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-core/src/watch.ts#L374-L382
 */
function onKeys(press: () => void): () => void {
  const { stdin } = process;
  const emit = stdin.emit;
  stdin.emit = (event: string | symbol, ...args: unknown[]): boolean => {
    const keys = event === 'data' ? [...String(args[0])] : [];
    if (!keys.some(key => KEYS.has(key))) return Reflect.apply(emit, stdin, [event, ...args]);
    for (const key of keys) if (KEYS.has(key)) press();
    return true;
  };
  return () => {
    stdin.emit = emit;
  };
}

import type { ChildProcess } from 'node:child_process';
import type { Worker } from 'node:worker_threads';
import { subscribe, unsubscribe } from '../node/diagnostics-channel';

const CHILDREN = 'child_process';
const THREADS = 'worker_threads';

/** The child processes and threads that are made while it watches: Node lists neither a thread nor what is `unref()`ed. */
export class Spawned {
  readonly #children = new Set<ChildProcess>();
  readonly #threads = new Set<Worker>();
  readonly #childMade = (message: unknown): void => {
    this.#children.add((message as { process: ChildProcess }).process);
  };
  readonly #threadMade = (message: unknown): void => {
    this.#threads.add((message as { worker: Worker }).worker);
  };

  constructor() {
    subscribe(CHILDREN, this.#childMade);
    subscribe(THREADS, this.#threadMade);
  }

  /** Whether any of them runs. */
  get areAny(): boolean {
    for (const child of this.#children) {
      if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) return true;
      this.#children.delete(child);
    }
    for (const thread of this.#threads) {
      if (thread.threadId !== -1) return true;
      this.#threads.delete(thread);
    }
    return false;
  }

  close(): void {
    unsubscribe(CHILDREN, this.#childMade);
    unsubscribe(THREADS, this.#threadMade);
  }
}

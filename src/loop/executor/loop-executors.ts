import { processState } from '../../process/process-state';
import type { Executor } from './executor';
import { defaultExecutor } from './run-in-executor';

/** What fixtures choose; each is read when it is needed. */
export interface ExecutorChoice {
  /** How many threads or processes a pool has. */
  size(): number | undefined;
  /** An executor in place of ours, and whether the Loop ends it. */
  executor(): { readonly executor: Executor; readonly own: boolean } | undefined;
}

/** Threads or processes of a pool, unless said otherwise. */
const DEFAULT_SIZE = 4;

/** The executors of one Loop, which ends those that were made for it. */
export class LoopExecutors {
  /** What fixtures choose for the Loop. */
  choice: ExecutorChoice | undefined;
  /** Those that end with the Loop. */
  readonly ending = new Set<Executor>();
  #size = processState.poolSize;
  #set: Executor | undefined;
  #chosen: Executor | undefined;
  #threads: Executor | undefined;
  #processes: Executor | undefined;

  /** How many threads or processes a pool has. */
  get poolSize(): number {
    return this.choice?.size() ?? this.#size ?? DEFAULT_SIZE;
  }

  /** `undefined`: no change. */
  set poolSize(size: number | undefined) {
    this.#size = size;
  }

  /** What `runInExecutor` uses: what was set, else what a fixture chose, else a pool of ours. */
  get current(): Executor {
    if (this.#set !== undefined) return this.#set;
    if (this.#chosen === undefined) {
      const found = this.choice?.executor();
      if (found?.own) this.ending.add(found.executor);
      this.#chosen = found?.executor;
    }
    return this.#chosen ?? this.#processes ?? this.threads;
  }

  /** Our pool of threads. */
  get threads(): Executor {
    this.#threads ??= this.#add(defaultExecutor('thread', this.poolSize));
    return this.#threads;
  }

  /** Our pool of processes, which is used from now on where nothing else was chosen. */
  get processes(): Executor {
    this.#processes ??= this.#add(defaultExecutor('process', this.poolSize));
    return this.#processes;
  }

  /** Uses another one from now on. */
  set(executor: Executor): void {
    this.#set = this.#add(executor);
  }

  #add(executor: Executor): Executor {
    this.ending.add(executor);
    return executor;
  }
}

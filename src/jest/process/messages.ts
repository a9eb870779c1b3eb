/** The event with which a worker sends a {@link WorkerMessage} to the runner. */
export const WORKER_EVENT = 'jest-loop-worker';

/** The channel that interrupts worker threads, which get no signals. */
export const INTERRUPT_CHANNEL = 'jest-loop.interrupt';

/** What a worker reports about itself. */
export interface WorkerMessage {
  /** The file that it runs, which ends when the worker is interrupted. */
  readonly path?: string;
  /** Absent in the main process. */
  readonly pid?: number;
  /** The worker has been interrupted. */
  readonly interrupted?: boolean;
}

/** The event with which a worker sends {@link RaceCounts} to the runner. */
export const RACES_EVENT = 'jest-loop-races';

/** What `--races` has done in one file. */
export interface RaceCounts {
  /** `--races`. */
  readonly races: number;
  /** How many tests were run in several orders. */
  readonly searched: number;
  /** How many of them failed. */
  readonly failed: number;
  /** How many tests ran once, in the Loop of a wider scope. */
  readonly once: number;
}

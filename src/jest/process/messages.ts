/** The event with which a worker sends a {@link WorkerMessage} to the runner. */
export const WORKER_EVENT = 'jest-loop-worker';

/** The channel that interrupts worker threads, which get no signals. */
export const INTERRUPT_CHANNEL = 'jest-loop.interrupt';

/** What a worker says about itself. */
export interface WorkerMessage {
  /** The file that it runs, which ends when the worker is interrupted. */
  readonly path?: string;
  /** Absent in the main process. */
  readonly pid?: number;
  /** The worker has been interrupted. */
  readonly interrupted?: boolean;
}

/** The event by which a worker tells the runner of itself. */
export const WORKER_EVENT = 'jest-loop-worker';

/** The channel on which worker threads hear of an interrupt: they get no signals. */
export const INTERRUPT_CHANNEL = 'jest-loop.interrupt';

/** What a worker tells. */
export interface WorkerMessage {
  /** The file that it runs, which ends when it is told to. */
  readonly path?: string;
  /** Absent in the main process. */
  readonly pid?: number;
  /** It was told to end. */
  readonly interrupted?: boolean;
}

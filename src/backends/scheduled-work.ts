import type { Step } from '../loop/steps/step';
import { AsyncResource } from '../node/async-hooks';
import { processState } from '../process/process-state';
import type { ReadyWork, WorkKind } from './order';

/** What a piece of work is, for messages and orders. */
export interface WorkOptions {
  readonly kind: WorkKind;
  readonly step: Step | undefined;
  readonly site: Error | undefined;
  describe(): string;
}

/** One piece of work of a backend: it waits for its time, then for its turn. */
export class ScheduledWork implements ReadyWork {
  due = 0;
  /** When a repeating one is due once more, while it waits for that. */
  next = 0;
  /** The handle of the fakes, while it waits for its time. */
  timer: unknown;
  /** It waits for its turn. */
  isReady = false;
  /** Runs it in the async context that it was made in, as Node runs a timer. */
  readonly #context = new AsyncResource('jest-loop.backend', { requireManualDestroy: true });

  constructor(
    readonly options: WorkOptions,
    public order: number,
    readonly call: () => void,
    readonly repeats: boolean,
  ) {
    // Otherwise `--detectOpenHandles` takes it for an open handle.
    this.#context.emitDestroy();
  }

  get kind(): WorkKind {
    return this.options.kind;
  }

  get step(): Step | undefined {
    return this.options.step;
  }

  get site(): Error | undefined {
    return this.options.site;
  }

  describe(): string {
    return this.options.describe();
  }

  /** Runs it. What it throws becomes an uncaught exception of its own context, as from a timer. */
  run(): void {
    this.#context.runInAsyncScope(() => {
      try {
        this.call();
      } catch (error) {
        processState.real.setImmediate(() => {
          throw error;
        });
      }
    });
  }
}

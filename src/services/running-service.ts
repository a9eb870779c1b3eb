import type { Task } from '../loop';
import { isCancelled } from '../loop/steps/cancellation';
import type { AnyService, Entrypoint } from './entrypoint-types';
import { attach, nameOf } from './service';

/** What a running service needs from its entrypoint. */
export interface RunningHost {
  readonly entrypoint: Entrypoint;
  /** Starts `start()` as a task that the entrypoint can cancel. */
  createTask(fn: () => unknown, name: string): Task<unknown>;
  /** It failed after it was ready. */
  died(running: RunningService, error: unknown): void;
}

/** One service from its start to its end. */
export class RunningService {
  readonly name: string;
  /** Resolves when it is ready; rejects when `start()` fails before. */
  readonly ready: Promise<void>;
  isReady = false;
  /** Why it failed before it was ready. */
  failure: { readonly error: unknown } | undefined;
  /** `stop()` has ended. */
  hasStopped = false;
  /** What `stop()` threw. */
  stopFailure: { readonly error: unknown } | undefined;
  readonly #task: Task<unknown>;
  #stopping: Promise<void> | undefined;

  constructor(
    readonly service: AnyService,
    host: RunningHost,
  ) {
    this.name = nameOf(service);
    let resolve!: () => void;
    let reject!: (error: unknown) => void;
    this.ready = new Promise<void>((...settle) => {
      [resolve, reject] = settle;
    });
    this.ready.catch(() => {});
    const ready = (): void => {
      this.isReady = true;
      resolve();
    };
    attach(service, { entrypoint: host.entrypoint, ready });
    this.#task = host.createTask(() => service.start(), `start of service "${this.name}"`);
    void this.#task.ended().then(failed => {
      if (failed === undefined) {
        if (!this.isReady) ready();
      } else if (!this.isReady) {
        this.failure = failed;
        reject(failed.error);
      } else if (this.#stopping === undefined && !isCancelled(failed.error)) host.died(this, failed.error);
    });
  }

  /** Calls `stop()`, once, then cancels what is left of `start()`. Rejects with the error of `stop()`. */
  stop(reason: unknown): Promise<void> {
    this.#stopping ??= this.#stop(reason);
    return this.#stopping;
  }

  /** Nothing waits for it any more. */
  giveUp(): void {
    this.#task.cancel(`service "${this.name}" did not stop in time`);
  }

  async #stop(reason: unknown): Promise<void> {
    try {
      await this.service.stop?.(reason);
    } catch (error) {
      this.stopFailure = { error };
    }
    this.hasStopped = true;
    if (!this.#task.done) {
      const ended = this.#task.ended();
      this.#task.cancel(`service "${this.name}" was stopped`);
      await ended;
    }
    if (this.stopFailure !== undefined) throw this.stopFailure.error;
  }
}

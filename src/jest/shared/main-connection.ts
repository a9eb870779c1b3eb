import { folderOf } from '../../channel/address';
import { ChannelClient } from '../../channel/client';
import { rmSync } from '../../node/fs';
import type { RunError } from '../process/main-run';
import type { RunAddress } from '../process/run-address';
import { emitAtRunner, jestParent } from '../process/to-jest';
import { REQUESTS, WANTED } from './requests';
import type { CrossedDeath } from './session-copies';

/** How long to try, in ms, after a failure to connect. */
const RETRY_AGAIN_FOR = 1000;

export interface ConnectionEvents {
  /** The main process ends the run; it reports the errors. */
  end(): Promise<RunError[]>;
  /** A `session` fixture has died. Returns the label of the requester that saw it. */
  died(death: CrossedDeath): string | undefined;
  /** There is no connection: an attempt failed. */
  failed(): void;
  /** The main process has ended or died, so it cannot end the worker's fixtures. */
  lost(): Promise<void>;
}

/** A worker's connection to Jest's main process, made on first use. */
export class MainConnection {
  readonly #events: ConnectionEvents;
  #client: Promise<ChannelClient> | undefined;
  /** A limit for the attempts to connect, in ms. */
  #retryFor: number | undefined;

  constructor(events: ConnectionEvents) {
    this.#events = events;
  }

  /** The client, if there is one already. */
  get client(): Promise<ChannelClient> | undefined {
    return this.#client;
  }

  connect(run: RunAddress): Promise<ChannelClient> {
    this.#client ??= this.#connect(run).catch(error => {
      // The main process may have been busy: the next request tries again, but not for long.
      this.#client = undefined;
      this.#retryFor = RETRY_AGAIN_FOR;
      this.#events.failed();
      throw error;
    });
    return this.#client;
  }

  async #connect(run: RunAddress): Promise<ChannelClient> {
    const toJest = jestParent();
    // The main process starts to listen on request.
    if (toJest !== undefined) emitAtRunner(toJest, WANTED, [process.pid]);
    const client = await ChannelClient.connect({
      address: run.address!,
      token: run.token!,
      ...(this.#retryFor !== undefined && { retryFor: this.#retryFor }),
      handle: (method, payload) => {
        if (method === REQUESTS.died) return this.#events.died(payload as CrossedDeath);
        return method === REQUESTS.end ? this.#events.end() : undefined;
      },
    });
    tidyAtExit(run);
    this.#retryFor = undefined;
    void client.closed.then(() => {
      this.#client = undefined;
      return this.#events.lost();
    });
    return client;
  }
}

/** A main process that is killed cannot tidy up, so its workers do. */
function tidyAtExit({ pid, address }: RunAddress): void {
  const folder = folderOf(address!);
  if (folder === undefined || pid !== process.ppid) return;
  process.once('exit', () => {
    // Its parent is another process now: the main process is dead.
    if (process.ppid !== pid) rmSync(folder, { recursive: true, force: true });
  });
}

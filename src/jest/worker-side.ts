import { AsyncResource } from 'node:async_hooks';
import * as path from 'node:path';
import type { Config } from '@jest/types';
import type { BrokerClient } from '../broker/client';
import { crossed } from '../broker/cross';
import { factsOver, type SharedFacts } from '../broker/facts';
import type { Borrowing } from '../fixtures/surroundings';
import { worker } from '../loop/store';
import { mainRun, type RunError } from '../run/main-run';
import { type RunAddress, runOfWorker } from '../run/run-of-worker';
import { type Asked, sendable } from '../wide/description';
import { failFile, jestParent, type ToJest } from './fail-run';
import { mainSide, makeOutside, REQUESTS } from './main-side';
import type { Inside, Outside } from './outside';
import { endOfProcess } from './worker-end';

/** PARENT_MESSAGE_CUSTOM of jest-worker. */
const CUSTOM = 3;

/** What the runner is told by a worker that needs the main process. */
export const WANTED = 'jest-loop-wanted';

/** The async context of no test: what is started in it keeps nothing of the file that happens to ask first. */
const outsideOfTests = new AsyncResource('jest-loop');

/** What a process that runs test files has of all that outlives them. One for the process, whatever loads this. */
export class WorkerSide {
  /** What lives here; made when it is needed. */
  outside: Outside | undefined;
  #inside: Inside | undefined;
  readonly #configs = new Map<string, Config.ProjectConfig>();
  #client: Promise<BrokerClient> | undefined;
  #joined: Promise<void> | undefined;
  #ending: Promise<RunError[]> | undefined;

  /** A test file begins: what lives in directories in which it does not lie goes down before it. */
  async begin(file: string): Promise<void> {
    const { outside } = this;
    if (outside !== undefined) this.#tell(await outside.moveTo(path.dirname(file)));
  }

  /** The file asks for something for the first time. */
  enter(inside: Inside, config: Config.ProjectConfig): void {
    this.#configs.set(config.id, config);
    this.#inside = inside;
    if (this.outside !== undefined) this.#know(this.outside);
  }

  /** The file is over. */
  async leave(mayBeRestarted: () => boolean): Promise<void> {
    this.#inside = undefined;
    const { outside } = this;
    if (outside === undefined) return;
    outside.inside = undefined;
    if (mayBeRestarted()) this.#tell(await this.end());
  }

  /** A fixture of scope `directory` or `worker`, which lives here. */
  borrow(asked: Asked): Borrowing {
    let borrowing: Borrowing | undefined;
    const start = async (): ReturnType<() => Borrowing['lent']> => {
      // Somebody must know of it before it comes up: else nobody would end it.
      await this.#join();
      borrowing = this.#open().host.borrow(asked);
      return borrowing.lent;
    };
    return { lent: outsideOfTests.runInAsyncScope(start), origin: () => borrowing?.origin() };
  }

  /** The Loop of such a scope. */
  loopOf(...args: Parameters<Outside['loopOf']>): ReturnType<Outside['loopOf']> {
    this.#join().catch(() => {});
    return this.#open().loopOf(...args);
  }

  /** A copy of the value of a fixture of scope `session`; undefined where no main process holds such. */
  value(asked: Asked): Promise<unknown> | undefined {
    return outsideOfTests.runInAsyncScope(() => this.#value(asked));
  }

  #value(asked: Asked): Promise<unknown> | undefined {
    const main = mainSide();
    if (main !== undefined) return main.value(asked).then(crossed);
    const address = runOfWorker();
    if (address?.address === undefined) return undefined;
    return this.#connect(address)
      .then(client => client.request(REQUESTS.value, sendable(asked)))
      .then(bytes => crossed(bytes as Uint8Array));
  }

  /** What all processes of the run agree on; this process alone where there is no run. */
  async facts(): Promise<SharedFacts | undefined> {
    const main = mainSide();
    if (main !== undefined) return main.facts;
    const address = runOfWorker();
    return address?.address === undefined ? undefined : factsOver(await this.#connect(address));
  }

  /** All goes down: the run is over, or this process is. Gives what went wrong. */
  end(): Promise<RunError[]> {
    this.#ending ??= this.#end().finally(() => {
      this.#ending = undefined;
    });
    return this.#ending;
  }

  async #end(): Promise<RunError[]> {
    const { outside } = this;
    const errors = (await outside?.end()) ?? [];
    if (this.outside === outside) this.outside = undefined;
    // In the main process the next run has an end of its own.
    if (this.#client === undefined) this.#joined = undefined;
    return errors;
  }

  #open(): Outside {
    this.outside ??= makeOutside({
      widest: 'worker',
      configOf: id => this.#configs.get(id)!,
      borrow: asked => {
        const value = this.value(asked) ?? Promise.reject(new Error('no session'));
        return {
          lent: value.then(value => ({ value, context: [], entered: undefined })),
          origin: () => undefined,
        };
      },
    });
    this.#know(this.outside);
    return this.outside;
  }

  #know(outside: Outside): void {
    outside.inside = this.#inside;
    outside.path = this.#inside?.path;
  }

  /** What went wrong while a file runs: a worker tells it at once, Jest's main process at its end. */
  #tell(errors: readonly RunError[]): void {
    const toJest = jestParent();
    if (toJest === undefined) {
      if (errors.length > 0) this.#open().add(errors);
      return;
    }
    const [config] = this.#configs.values();
    for (const { message, stack, path = '' } of errors)
      failFile(toJest, { path, config, error: { message, stack } });
  }

  /** Lets whoever ends the run know that there is something to be ended here. */
  #join(): Promise<void> {
    this.#joined ??= this.#register();
    return this.#joined;
  }

  async #register(): Promise<void> {
    const main = mainSide();
    const run = mainRun();
    const address = runOfWorker();
    if (main !== undefined && run !== undefined) {
      main.use();
      run.atEnd(() => this.end());
    } else if (main === undefined && address?.address !== undefined) {
      await this.#connect(address);
    } else {
      endOfProcess(() => this.end());
    }
  }

  #connect(run: RunAddress): Promise<BrokerClient> {
    this.#client ??= connect(run, jestParent(), () => this.end());
    return this.#client;
  }
}

/** The main process listens when somebody has told it that it is wanted. */
async function connect(
  { address, token }: RunAddress,
  toJest: ToJest | undefined,
  end: () => Promise<RunError[]>,
): Promise<BrokerClient> {
  const { BrokerClient } = require('../broker/client') as typeof import('../broker/client');
  toJest?.([CUSTOM, [WANTED, [process.pid]]]);
  return BrokerClient.connect({
    address: address!,
    token: token!,
    handle: method => (method === REQUESTS.end ? end() : undefined),
  });
}

/** That of this process. */
export function workerSide(): WorkerSide {
  worker.workerSide ??= new WorkerSide();
  return worker.workerSide as WorkerSide;
}

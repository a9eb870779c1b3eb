import type { Config } from '@jest/types';
import type { ChannelClient } from '../../channel/client';
import { crossed } from '../../channel/clone/cross';
import { packError } from '../../channel/clone/error';
import { Facts, factsOver, type SharedFacts } from '../../channel/facts';
import { noSession } from '../../errors/wide';
import type { SharedInstance } from '../../fixtures/life/fixture-host';
import * as path from '../../node/path';
import * as promises from '../../node/promise';
import { worker } from '../../process/store';
import { declarationOf, type SharedQuery, sendable } from '../../shared/query';
import { errorFactory } from '../file/realm';
import { mainRun, type RunError } from '../process/main-run';
import { type RunAddress, runOfWorker } from '../process/run-address';
import { state } from '../process/state';
import { failFile, jestParent } from '../process/to-jest';
import { endOfProcess, tellLast } from './end-of-process';
import { mainSide } from './find-main-side';
import { type FileLink, JestHost } from './jest-host';
import { reachMain } from './reach-main';
import { type GivenUp, REQUESTS } from './requests';

const makeError = errorFactory({ Error });

/** How long in ms a worker tries to connect that has failed to. */
const AGAIN = 1000;

/** What a process that runs test files has of all that outlives them. One for the process, whatever loads this. */
export class WorkerSide {
  /** What lives here; made when it is needed. */
  outside: JestHost | undefined;
  #inside: FileLink | undefined;
  readonly #facts = new Facts();
  readonly #configs = new Map<string, Config.ProjectConfig>();
  /** Of the file that asked last. */
  #config: Config.ProjectConfig | undefined;
  #client: Promise<ChannelClient> | undefined;
  /** How long in ms to try to connect, where not as long as ever. */
  #retryFor: number | undefined;
  #joined: Promise<void> | undefined;
  /** Nobody but the end of this process ends what is here: stops listening to that. */
  #unlisten: (() => void) | undefined;
  #ending: Promise<RunError[]> | undefined;

  /** A test file begins: what lives in directories in which it does not lie goes down before it. */
  async begin(file: string): Promise<void> {
    const { outside } = this;
    if (outside !== undefined) this.#tell(await outside.moveTo(path.dirname(file)));
  }

  /** The file asks for something for the first time. */
  enter(inside: FileLink, config: Config.ProjectConfig): void {
    this.#configs.set(config.id, config);
    this.#config = config;
    this.#inside = inside;
    if (this.outside !== undefined) this.#know(this.outside);
  }

  /** The file is over; perhaps the worker is as well. */
  async leave(mayBeReplaced: boolean): Promise<void> {
    this.#inside = undefined;
    const { outside } = this;
    if (outside === undefined) return;
    outside.inside = undefined;
    if (mayBeReplaced) this.#tell(await this.end());
  }

  /** A fixture of scope `directory` or `worker`, which lives here. */
  borrow(asked: SharedQuery): SharedInstance {
    let borrowing: SharedInstance | undefined;
    const start = async (): ReturnType<() => SharedInstance['lent']> => {
      // Somebody must know of it before it comes up: else nobody would end it.
      await this.#join();
      borrowing = this.#open().host.borrow(asked);
      return borrowing.lent;
    };
    return { lent: worker.outer(start), origin: () => borrowing?.origin() };
  }

  /** The Loop of such a scope. */
  loopOf(...args: Parameters<JestHost['loopOf']>): ReturnType<JestHost['loopOf']> {
    worker.outer(() => this.#join()).catch(() => {});
    return this.#open().loopOf(...args);
  }

  /** A copy of the value of a fixture of scope `session`; undefined where no main process holds such. */
  value(asked: SharedQuery): Promise<unknown> | undefined {
    return worker.outer(() => this.#value(asked));
  }

  #value(asked: SharedQuery): Promise<unknown> | undefined {
    const main = mainSide();
    if (main !== undefined) return main.value(asked).then(crossed);
    const address = runOfWorker();
    if (address?.address === undefined) return undefined;
    return this.#connect(address)
      .then(client => client.request(REQUESTS.value, sendable(asked)))
      .then(bytes => crossed(bytes as Uint8Array));
  }

  /** Lets the main process stop a set-up for which nobody else waits. */
  giveUp(asked: SharedQuery, reason: unknown): void {
    const main = mainSide();
    if (main !== undefined) main.giveUp(asked, reason);
    else {
      const given: GivenUp = { asked: sendable(asked), reason: packError(reason) };
      // Where the main process is gone, so is the set-up.
      void this.#client?.then(client => client.request(REQUESTS.giveUp, given)).catch(() => {});
    }
  }

  /** What all processes of the run agree on; this process alone where there is no run. */
  async facts(): Promise<SharedFacts> {
    const main = mainSide();
    if (main !== undefined) return main.facts;
    const address = runOfWorker();
    if (address?.address === undefined) return this.#facts;
    return factsOver(await worker.outer(() => this.#connect(address)));
  }

  /** All goes down: the run is over, or this process is. Gives what went wrong: to the first who asks. */
  async end(): Promise<RunError[]> {
    this.#ending ??= worker
      .outer(() => this.#end())
      .finally(() => {
        this.#ending = undefined;
      });
    return (await this.#ending).splice(0);
  }

  async #end(): Promise<RunError[]> {
    const { outside } = this;
    const errors = (await outside?.end()) ?? [];
    if (this.outside === outside) {
      this.outside = undefined;
      state.farewells.delete(this.#farewell);
    }
    // What comes up after this has an end of its own.
    this.#joined = undefined;
    this.#unlisten?.();
    this.#unlisten = undefined;
    return errors;
  }

  #open(): JestHost {
    this.outside ??= new JestHost({
      widest: 'worker',
      facts: () => this.facts(),
      configOf: id => this.#configs.get(id)!,
      borrow: asked => {
        const value = this.value(asked) ?? promises.reject(makeError(noSession(declarationOf(asked))));
        return {
          lent: value.then(value => ({ value, context: [], entered: undefined })),
          origin: () => undefined,
          giveUp: reason => this.giveUp(asked, reason),
        };
      },
    });
    this.#know(this.outside);
    state.farewells.add(this.#farewell);
    return this.outside;
  }

  /** Ends the set-ups that are under way: whoever waits for them is told to end as well. */
  interrupt(): void {
    this.outside?.abort();
  }

  /** Nobody else will end what is here, nor hear of it. */
  readonly #farewell = async (): Promise<void> => tellLast(await this.end());

  #know(outside: JestHost): void {
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
    const config = this.#config;
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
      const client = await this.#connect(address);
      await client.request(REQUESTS.join, process.pid);
    } else {
      this.#unlisten = endOfProcess(() => this.end());
    }
  }

  #connect(run: RunAddress): Promise<ChannelClient> {
    this.#client ??= this.#reach(run).catch(error => {
      // It may have been busy: the next who asks tries again, though not for long.
      this.#client = this.#joined = undefined;
      this.#retryFor = AGAIN;
      throw error;
    });
    return this.#client;
  }

  async #reach(run: RunAddress): Promise<ChannelClient> {
    const client = await reachMain(run, this.#retryFor, () => this.end());
    this.#retryFor = undefined;
    void client.closed.then(() => this.#lost());
    return client;
  }

  /** The main process has ended, or has died: nobody else will end what is here. */
  async #lost(): Promise<void> {
    this.#client = undefined;
    tellLast(await this.end());
  }
}

import type { Config } from '@jest/types';
import type { Address } from '../../channel/address';
import { isLost } from '../../channel/channel-error';
import { crossing } from '../../channel/clone/cross';
import { unpackError } from '../../channel/clone/error';
import { Facts } from '../../channel/facts';
import { ChannelServer, type Client } from '../../channel/server';
import { cannotCross } from '../../errors/fixtures/shared';
import type { InstanceView } from '../../fixtures/life/interfaces/views';
import { outputsToShow } from '../../fixtures/life/outputs-to-show';
import type { SharedQuery } from '../../fixtures/shared/query';
import * as promises from '../../node/promise';
import { processState } from '../../process/process-state';
import { getOrMake } from '../../util/get-or-make';
import { errorFactory } from '../file/realm';
import { embedding } from '../process/embedding';
import { jestState } from '../process/jest-state';
import { type AtEnd, type EndReason, mainRun, type RunError } from '../process/main-run';
import { listenToRejections } from '../report/listen-to-rejections';
import { type WatchedProcess, watchErrors } from '../report/route-errors';
import { announceDeath, deathOf } from './announce-death';
import { type CancelledSetUp, REQUESTS } from './requests';
import { asRunError, plainRunError } from './run-error';
import type { CrossedDeath, CrossedValue } from './session-copies';
import { SharedHost } from './shared-host';

const makeError = errorFactory({ Error });

export interface MainSideOptions {
  /** Where workers connect. */
  readonly address: Address;
  configOf(project: string): Config.ProjectConfig;
  /** Calls `end` at the end of the run, those registered first last. */
  atEnd(end: AtEnd): void;
  /** Calls `stop` when the run ends early. */
  atStop(stop: () => void): void;
}

/**
 * The part of a run in Jest's main process. It has the fixtures of scope `session` and the facts on which all workers
 * agree, and ends the workers' shared fixtures. All parts are made on first use.
 */
export class MainSide {
  readonly facts = new Facts();
  readonly #options: MainSideOptions;
  readonly #crossings = new WeakMap<InstanceView, Promise<Uint8Array | undefined>>();
  /** The instances whose values have crossed, with numbers for them. */
  readonly #ids = new Map<InstanceView, number>();
  #lastId = 0;
  #announcing: Promise<void> | undefined;
  #server: Promise<ChannelServer> | undefined;
  #host: SharedHost | undefined;
  #unwatch: (() => void) | undefined;
  #used = false;

  constructor(options: MainSideOptions) {
    this.#options = options;
  }

  /** Registers its end with the run: before any set-up, so that it ends last. */
  use(): void {
    if (this.#used) return;
    this.#used = true;
    this.#options.atEnd(why => this.#end(why));
  }

  /** Lets workers connect. */
  async listen(): Promise<void> {
    this.use();
    const { address, token } = this.#options.address;
    this.#server ??= ChannelServer.listen({
      address,
      token,
      handle: (method, payload) => this.#handle(method, payload),
    });
    await this.#server;
  }

  /** The value of a fixture of scope `session`, set up on first request; as bytes, so that each requester gets a copy. */
  async value(query: SharedQuery): Promise<CrossedValue> {
    this.use();
    // Who was the first to see the failure has to be known.
    await this.#announcing;
    const { engine } = this.#open();
    const instance = await processState.outer(() => engine.instance(query));
    const bytes = await getOrMake(this.#crossings, instance, () => this.#cross(instance));
    // One of its tasks may have failed since its set-up.
    if (bytes === undefined || !instance.isUp) throw engine.refusal(instance, query);
    return { id: getOrMake(this.#ids, instance, () => ++this.#lastId), bytes };
  }

  /** The same if it is up, for a query without places; else undefined. */
  async valueIfUp(query: SharedQuery): Promise<CrossedValue | undefined> {
    await this.#announcing;
    const instance = this.#host?.engine.findUp(query);
    const bytes = instance && (await this.#crossings.get(instance));
    if (bytes === undefined || !instance?.isUp) return undefined;
    return { id: getOrMake(this.#ids, instance, () => ++this.#lastId), bytes };
  }

  /** What a fixture of scope `session`, and those that it uses, have to show with a test that fails. */
  async output(query: SharedQuery): Promise<string> {
    const instance = this.#host?.engine.find(query);
    return instance === undefined ? '' : (await outputsToShow([instance])).join('\n');
  }

  /** A requester no longer waits for such a value. */
  cancelSetUp(query: SharedQuery, reason: unknown): void {
    this.#host?.engine.cancelSetUp(query, reason);
  }

  /** Undefined if the value cannot be copied; then it is down, or goes down with the fixtures that depend on it. */
  async #cross(instance: InstanceView): Promise<Uint8Array | undefined> {
    const crossed = crossing(instance.value);
    if ('bytes' in crossed) return crossed.bytes;
    await instance.refuse(makeError(cannotCross(instance.fixture.declaration, crossed.problem)));
    return undefined;
  }

  #handle(method: string, payload: unknown): unknown {
    if (method === REQUESTS.value) return this.value(payload as SharedQuery);
    if (method === REQUESTS.valueIfUp) return this.valueIfUp(payload as SharedQuery);
    if (method === REQUESTS.output) return this.output(payload as SharedQuery);
    if (method === REQUESTS.cancelSetUp) {
      const { query, reason } = payload as CancelledSetUp;
      return this.cancelSetUp(query, unpackError(reason));
    }
    if (method === REQUESTS.join) return this.use();
    return this.facts.answer(payload);
  }

  #open(): SharedHost {
    if (this.#host === undefined) {
      this.#host = new SharedHost({
        widest: 'session',
        configOf: id => this.#options.configOf(id),
        facts: async () => this.facts,
        loop: embedding()?.loop,
        died: (instance, error) => this.#died(instance, error),
      });
      this.#options.atStop(() => this.#host?.abort());
      // Takes the errors of its fixtures; otherwise Node would end the process.
      const stops = [watchErrors(processState as WatchedProcess)];
      if (mainRun()?.inBand === false) stops.push(listenToRejections());
      this.#unwatch = () => {
        for (const stop of stops) stop();
      };
    }
    return this.#host;
  }

  /** Announces it to all holders of a copy. Returns the label of a requester in this process that saw it. */
  #died(instance: InstanceView, error: unknown): string | undefined {
    const death = deathOf(instance, error, this.#ids);
    if (death.ids.length === 0) return undefined;
    if (mainRun()?.inBand) return jestState.workerSide?.sessionDied(death);
    const announcing = promises.all([this.#announcing, this.#announce(instance, death)]).then(() => {
      if (this.#announcing === announcing) this.#announcing = undefined;
    });
    this.#announcing = announcing;
    return undefined;
  }

  async #announce(instance: InstanceView, death: CrossedDeath): Promise<void> {
    const server = await this.#server?.catch(() => undefined);
    await announceDeath(instance, death, server?.clients ?? []);
  }

  async #end(why: EndReason): Promise<RunError[]> {
    const errors: RunError[] = [];
    const server = await this.#server?.catch((error: unknown) => {
      // Workers report that they could not connect; this is why.
      errors.push(plainRunError(asRunError(error)));
      return undefined;
    });
    const clients = [...(server?.clients ?? [])];
    for (const ofWorker of await promises.all(clients.map(client => endWorker(client, why))))
      errors.push(...ofWorker);
    errors.push(...((await this.#host?.end()) ?? []));
    this.#unwatch?.();
    await server?.close();
    this.#ids.clear();
    this.#server = this.#host = this.#unwatch = undefined;
    this.#used = false;
    return errors;
  }
}

/** Ends the shared fixtures of a worker. Those of a dead worker are gone with it. */
async function endWorker(client: Client, why: EndReason): Promise<readonly RunError[]> {
  try {
    return (await client.request(REQUESTS.end, why)) as RunError[];
  } catch (error) {
    return isLost(error) ? [] : [plainRunError(asRunError(error))];
  }
}

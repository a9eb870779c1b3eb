import type { Config } from '@jest/types';
import type { Address } from '../../channel/address';
import { isLost } from '../../channel/channel-error';
import { crossing } from '../../channel/clone/cross';
import { unpackError } from '../../channel/clone/error';
import { Facts } from '../../channel/facts';
import { ChannelServer, type Client } from '../../channel/server';
import { cannotCross } from '../../errors/wide';
import type { Instance } from '../../fixtures/life/instance';
import * as promises from '../../node/promise';
import { worker } from '../../process/store';
import type { SharedQuery } from '../../shared/query';
import { getOrMake } from '../../util/get-or-make';
import { errorFactory } from '../file/realm';
import { type AtEnd, mainRun, type RunError, type Why } from '../process/main-run';
import { listenToRejections } from '../report/process-listeners';
import { type LateStore, watchLate } from '../report/route-errors';
import { JestHost } from './jest-host';
import { type GivenUp, REQUESTS } from './requests';
import { asRunError, plainRunError } from './run-error';

const makeError = errorFactory({ Error });

/** What a run gives its main side. */
export interface MainSideOptions {
  /** Where workers find it, once it listens. */
  readonly address: Address;
  configOf(project: string): Config.ProjectConfig;
  /** Called at the end of the run; what is registered first is called last. */
  atEnd(end: AtEnd): void;
  /** Called when the run is ended before its time. */
  atStop(stop: () => void): void;
}

/**
 * The part of a run in Jest's main process: it has the fixtures of scope `session`, and the facts that all workers
 * agree on; and it tells the workers when to end what is theirs. Nothing of it is there before somebody asks.
 */
export class MainSide {
  readonly facts = new Facts();
  readonly #options: MainSideOptions;
  readonly #crossings = new WeakMap<Instance, Promise<Uint8Array | undefined>>();
  #server: Promise<ChannelServer> | undefined;
  #outside: JestHost | undefined;
  #unwatch: (() => void) | undefined;
  #used = false;

  constructor(options: MainSideOptions) {
    this.#options = options;
  }

  /** From now on it has an end; called before anything of a run is set up, so that it is the last to end. */
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

  /** The value of a fixture of scope `session`, set up now if it is not up: as bytes, a copy for each who asks. */
  async value(asked: SharedQuery): Promise<Uint8Array> {
    this.use();
    const outside = this.#host();
    const instance = await worker.outer(() => outside.host.instance(asked));
    const bytes = await getOrMake(this.#crossings, instance, () => this.#cross(instance));
    // One of its tasks may have died since it came up.
    if (bytes === undefined || !instance.isUp) throw outside.host.refusal(instance, asked);
    return bytes;
  }

  /** Somebody who waits for such a value has no more use for it. */
  giveUp(asked: SharedQuery, reason: unknown): void {
    this.#outside?.host.giveUp(asked, reason);
  }

  /** Undefined where it cannot cross; then it is down, or goes down with those who need it. */
  async #cross(instance: Instance): Promise<Uint8Array | undefined> {
    const crossed = crossing(instance.value);
    if ('bytes' in crossed) return crossed.bytes;
    await instance.refuse(makeError(cannotCross(instance.fixture.declaration, crossed.problem)));
    return undefined;
  }

  #handle(method: string, payload: unknown): unknown {
    if (method === REQUESTS.value) return this.value(payload as SharedQuery);
    if (method === REQUESTS.giveUp) {
      const { asked, reason } = payload as GivenUp;
      return this.giveUp(asked, unpackError(reason));
    }
    if (method === REQUESTS.join) return this.use();
    return this.facts.answer(payload);
  }

  #host(): JestHost {
    if (this.#outside === undefined) {
      this.#outside = new JestHost({
        widest: 'session',
        configOf: id => this.#options.configOf(id),
        facts: async () => this.facts,
      });
      this.#options.atStop(() => this.#outside?.abort());
      // Errors in its fixtures are theirs: Node would end the process.
      const stops = [watchLate(worker as LateStore)];
      if (mainRun()?.inBand === false) stops.push(listenToRejections());
      this.#unwatch = () => {
        for (const stop of stops) stop();
      };
    }
    return this.#outside;
  }

  async #end(why: Why): Promise<RunError[]> {
    const errors: RunError[] = [];
    const server = await this.#server?.catch((error: unknown) => {
      // Workers were told that they could not reach it; here is why.
      errors.push(plainRunError(asRunError(error, undefined)));
      return undefined;
    });
    const clients = [...(server?.clients ?? [])];
    for (const told of await promises.all(clients.map(client => endOf(client, why)))) errors.push(...told);
    errors.push(...((await this.#outside?.end()) ?? []));
    this.#unwatch?.();
    await server?.close();
    this.#server = this.#outside = this.#unwatch = undefined;
    this.#used = false;
    return errors;
  }
}

/** A worker that has died has nothing left: what it had started is gone with it. */
async function endOf(client: Client, why: Why): Promise<readonly RunError[]> {
  try {
    return (await client.request(REQUESTS.end, why)) as RunError[];
  } catch (error) {
    return isLost(error) ? [] : [plainRunError(asRunError(error, undefined))];
  }
}

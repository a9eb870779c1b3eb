import * as path from 'node:path';
import type { Config } from '@jest/types';
import { type Address, makeAddress } from '../broker/address';
import { crossing } from '../broker/cross';
import { FACTS, Facts } from '../broker/facts';
import { BrokerServer, type Client } from '../broker/server';
import { cannotCross } from '../errors/wide';
import { getOrMake } from '../fixtures/get-or-make';
import type { Instance } from '../fixtures/instance';
import { worker } from '../loop/store';
import type { AtEnd, RunError, Why } from '../run/main-run';
import type { Asked } from '../wide/description';
import { type LateStore, watchLate } from './late-errors';
import type { Outside } from './outside';

/** What workers ask of the main process, and what it asks of them. */
export const REQUESTS = { value: 'value', facts: FACTS, end: 'end' } as const;

/** What a run gives its main side. */
export interface MainSideOptions {
  configOf(project: string): Config.ProjectConfig;
  /** Called at the end of the run; what is registered first is called last. */
  atEnd(end: AtEnd): void;
}

/**
 * The part of a run in Jest's main process: it has the fixtures of scope `session`, and the facts that all workers
 * agree on; and it tells the workers when to end what is theirs. Nothing of it is there before somebody asks.
 */
export class MainSide {
  /** Where workers find it, once it listens. */
  readonly address: Address = makeAddress();
  readonly facts = new Facts();
  readonly #options: MainSideOptions;
  readonly #crossings = new WeakMap<Instance, Promise<Uint8Array | undefined>>();
  #server: Promise<BrokerServer> | undefined;
  #outside: Outside | undefined;
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
    const { address, token } = this.address;
    this.#server ??= BrokerServer.listen({
      address,
      token,
      handle: (method, payload) => this.#handle(method, payload),
    });
    await this.#server;
  }

  /** The value of a fixture of scope `session`, set up now if it is not up: as bytes, a copy for each who asks. */
  async value(asked: Asked): Promise<Uint8Array> {
    this.use();
    const outside = this.#host();
    const instance = await outside.host.instance(asked);
    const bytes = await getOrMake(this.#crossings, instance, () => this.#cross(instance));
    if (bytes === undefined) throw outside.host.refusal(instance, asked);
    return bytes;
  }

  /** Undefined where it cannot cross; then it is down, or goes down with those who need it. */
  async #cross(instance: Instance): Promise<Uint8Array | undefined> {
    const crossed = crossing(instance.value);
    if ('bytes' in crossed) return crossed.bytes;
    const { code, message, frames } = cannotCross(instance.fixture.declaration, crossed.problem);
    const error = Object.assign(new Error(message), { code });
    error.stack = `Error: ${message}\n${frames}`;
    await instance.refuse(error);
    return undefined;
  }

  #handle(method: string, payload: unknown): unknown {
    if (method === REQUESTS.value) return this.value(payload as Asked);
    return this.facts.answer(payload);
  }

  #host(): Outside {
    if (this.#outside === undefined) {
      this.#outside = makeOutside({ widest: 'session', configOf: id => this.#options.configOf(id) });
      // Errors in its fixtures are theirs: Node would end the process.
      this.#unwatch = watchLate(worker as LateStore);
    }
    return this.#outside;
  }

  async #end(why: Why): Promise<RunError[]> {
    const errors: RunError[] = [];
    const server = await this.#server;
    const clients = [...(server?.clients ?? [])];
    for (const told of await Promise.all(clients.map(client => endOf(client, why)))) errors.push(...told);
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
  } catch {
    return [];
  }
}

/** Loaded when it is needed: most runs have nothing that outlives a test file. */
export function makeOutside(options: ConstructorParameters<typeof Outside>[0]): Outside {
  const outside = require(path.join(__dirname, 'outside')) as typeof import('./outside');
  return new outside.Outside(options);
}

/** Makes it that of this process. What it returns puts back the one before. */
export function enterMainSide(side: MainSide): () => void {
  const before = worker.mainSide;
  worker.mainSide = side;
  return () => {
    worker.mainSide = before;
  };
}

/** The main side of this process's run; undefined in a worker, and where nothing of ours runs in the main process. */
export function mainSide(): MainSide | undefined {
  return worker.mainSide as MainSide | undefined;
}

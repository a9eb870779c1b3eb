import * as fs from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { makeAddress } from '../../../src/channel/address';
import { ChannelClient, type ClientOptions } from '../../../src/channel/client';
import { knock } from '../../../src/channel/handshake';
import { ChannelServer, type Client, type ServerOptions } from '../../../src/channel/server';

type Closes = { close(): unknown };

/** Servers and clients that close after each test and leave nothing in the temporary folder. */
export class Channels {
  readonly #open: Closes[] = [];
  readonly #folders: string[] = [];

  /** A server that records its events. */
  async server(options: Partial<ServerOptions> = {}): Promise<Served> {
    const place = makeAddress();
    this.#folders.push(place.folder!);
    const events: string[] = [];
    const server = await ChannelServer.listen({
      ...place,
      handle: (_method, payload) => payload,
      joined: client => events.push(`joined ${client.id}`),
      left: client => events.push(`left ${client.id}`),
      ...options,
    });
    this.#open.push(server);
    return { ...place, folder: place.folder!, server, events, client: () => theClient(server) };
  }

  /** A real client. */
  async client(
    to: Pick<Served, 'address' | 'token'>,
    options: Partial<ClientOptions> = {},
  ): Promise<ChannelClient> {
    const client = await ChannelClient.connect({ address: to.address, token: to.token, ...options });
    this.#open.push(client);
    return client;
  }

  /** A raw connection. */
  stranger(to: Pick<Served, 'address'>): Stranger {
    const stranger = new Stranger(connect({ path: to.address, allowHalfOpen: true }));
    this.#open.push(stranger);
    return stranger;
  }

  /** A raw connection that has shown the token. */
  async insider(to: Served): Promise<Stranger> {
    const stranger = this.stranger(to);
    stranger.socket.write(knock(to.token, process.pid));
    await until(() => stranger.received > 0);
    return stranger;
  }

  /** Closes all; gives the names of leftovers on disk. */
  async closeAll(): Promise<string[]> {
    await Promise.all(this.#open.splice(0).map(each => each.close()));
    return this.#folders.splice(0).filter(folder => fs.existsSync(folder));
  }
}

export interface Served {
  readonly address: string;
  readonly token: string;
  readonly folder: string;
  readonly server: ChannelServer;
  readonly events: string[];
  /** The only client. */
  client(): Client;
}

export class Stranger {
  received = 0;
  readonly text: string[] = [];
  readonly closed: Promise<void>;

  constructor(readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => {
      this.received += chunk.length;
      this.text.push(chunk.toString('latin1'));
    });
    socket.on('error', () => {});
    // With allowHalfOpen it has to end its side itself.
    socket.on('end', () => socket.end());
    this.closed = new Promise(resolve => socket.on('close', () => resolve()));
  }

  async close(): Promise<void> {
    this.socket.destroy();
    await this.closed;
  }
}

function theClient(server: ChannelServer): Client {
  const [client, ...others] = server.clients;
  expect(others).toEqual([]);
  return client!;
}

/** Waits for a condition. */
export async function until(so: () => boolean, ms = 20_000): Promise<void> {
  const end = performance.now() + ms;
  while (!so()) {
    if (performance.now() > end) throw new Error(`never: ${so}`);
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

/** Our entries in the temporary folder. */
export const leftBehind = (): string[] =>
  fs.readdirSync(tmpdir()).filter(name => /^jest-loop-[0-9a-f]{16}$/.test(name));

/** The error that rejects a promise. */
export async function rejection(promise: Promise<unknown>): Promise<Error & { code?: unknown }> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

/** The first line of its message. */
export const firstLine = async (promise: Promise<unknown>): Promise<string> =>
  (await rejection(promise)).message.split('\n')[0]!;

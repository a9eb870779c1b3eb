import { workerOf } from '../errors/processes/lost';
import { once } from '../node/events';
import { createServer, ownSocket, type Server, type Socket } from '../node/net';
import * as promises from '../node/promise';
import { makeFolder, type SocketFolder } from './address';
import { guarded } from './channel-error';
import { MAX_MESSAGE } from './clone/bytes';
import { Connection } from './connection';
import { type Admitted, admit, type Unproven } from './handshake';

/** A connected process that has shown the token. */
export interface Client {
  /** Unique per server, from 1. */
  readonly id: number;
  readonly pid: number;
  /** Sends it a notification, if it is still there. Throws if that cannot be sent. */
  notify(event: string, payload: unknown): void;
  /** Sends it a request; rejects if it leaves before it answers. */
  request(method: string, payload: unknown): Promise<unknown>;
}

export interface ServerOptions {
  /** See `makeAddress`. */
  readonly address: string;
  readonly token: string;
  /** Maximum bytes of a message, default 64 MiB. */
  readonly maxMessage?: number;
  /** Limits for a connection that has not shown the token yet. */
  readonly maxUnproven?: Unproven;
  /** Answers the clients' requests; its errors reject the request. */
  handle(method: string, payload: unknown, client: Client): unknown;
  joined?(client: Client): void;
  left?(client: Client): void;
}

/** The end that clients connect to. It keeps its process alive only during its own requests. */
export class ChannelServer {
  /** Makes the folder of the socket and listens there. */
  static async listen(options: ServerOptions): Promise<ChannelServer> {
    const folder = makeFolder(options.address);
    try {
      const server = createServer();
      const channel = new ChannelServer(options, server, folder);
      server.listen(options.address);
      await once(server, 'listening');
      // One connection that cannot be accepted is no reason to stop.
      server.on('error', () => {});
      server.unref();
      folder.protect();
      return channel;
    } catch (error) {
      folder.remove();
      throw error;
    }
  }

  readonly #options: ServerOptions;
  readonly #server: Server;
  readonly #folder: SocketFolder;
  readonly #strangers = new Set<Socket>();
  readonly #clients = new Map<Client, Connection>();
  #lastId = 0;
  #closing: Promise<void> | undefined;

  private constructor(options: ServerOptions, server: Server, folder: SocketFolder) {
    this.#options = options;
    this.#server = server;
    this.#folder = folder;
    server.on('connection', socket => this.#meet(ownSocket(socket)));
  }

  /** The connected clients with the token. */
  get clients(): ReadonlySet<Client> {
    return new Set(this.#clients.keys());
  }

  /** Ends all connections, stops listening and leaves nothing on disk. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#strangers) socket.destroy();
    try {
      await promises.all([...this.#clients.values()].map(connection => connection.close()));
      await closed;
    } finally {
      this.#folder.remove();
    }
  }

  #meet(socket: Socket): void {
    if (this.#closing !== undefined) {
      socket.destroy();
      return;
    }
    socket.unref();
    this.#strangers.add(socket);
    socket.once('close', () => this.#strangers.delete(socket));
    admit(socket, this.#options.token, this.#options.maxUnproven ?? {}, who => {
      this.#strangers.delete(socket);
      this.#join(socket, who);
    });
  }

  #join(socket: Socket, { pid, reader }: Admitted): void {
    const { maxMessage = MAX_MESSAGE } = this.#options;
    const connection = new Connection({
      socket,
      reader,
      peer: workerOf(pid),
      maxMessage,
      handle: (method, payload) => this.#options.handle(method, payload, client),
    });
    this.#lastId += 1;
    const client: Client = {
      id: this.#lastId,
      pid,
      notify: (event, payload) => connection.notify(event, payload),
      request: (method, payload) => connection.request(method, payload),
    };
    this.#clients.set(client, connection);
    void connection.closed.then(() => {
      this.#clients.delete(client);
      guarded(() => this.#options.left?.(client));
    });
    guarded(() => this.#options.joined?.(client));
    connection.start();
  }
}

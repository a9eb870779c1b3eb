import { createHttpServer, type HttpServer, type RequestListener } from '../node/http';
import { type AddressInfo, createServer, type Server, type Socket } from '../node/net';
import { checkArgument, checkSpelling, isFunction, isPort, isText } from './check';
import { Service } from './service';

/** Where a server service listens. See docs/services.md. */
export interface ListenOptions {
  /** @default '127.0.0.1' */
  readonly host?: string;
  /** @default 0: the system chooses, and `port` says which */
  readonly port?: number;
  /** For messages. @default the name of the class */
  readonly name?: string;
}

/** A server that listens while it is needed, and whose connections end with it. */
abstract class ServerService<S extends Server> extends Service {
  readonly #options: ListenOptions;
  readonly #sockets = new Set<Socket>();
  #server: S | undefined;

  constructor(call: string, options: ListenOptions, served: string) {
    super();
    checkSpelling(call, options, ['host', 'port', 'name', served]);
    const { host, port = 0, name } = options;
    checkArgument(isPort(port), call, 'a port from 0 to 65535 as port', port);
    checkArgument(host === undefined || isText(host), call, 'a host name or address as host', host);
    checkArgument(name === undefined || isText(name), call, 'a text as name', name);
    this.#options = options;
  }

  override get name(): string {
    return this.#options.name ?? super.name;
  }

  /** The address on which it listens. */
  get host(): string {
    return this.#options.host ?? '127.0.0.1';
  }

  /** The port on which it listens; known once it has started, if the system chooses it. */
  get port(): number {
    return (this.#server?.address() as AddressInfo | null | undefined)?.port ?? this.#options.port ?? 0;
  }

  /** @internal */
  protected abstract createServer(): S;

  async start(): Promise<void> {
    const server = this.createServer();
    this.#server = server;
    server.on('connection', socket => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: this.host, port: this.#options.port ?? 0 }, () => {
        server.off('error', reject);
        resolve();
      });
    });
  }

  override async stop(): Promise<void> {
    const server = this.#server;
    if (server === undefined || !server.listening) return;
    const closed = new Promise<void>(resolve => server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}

/** The options of {@link TcpServerService}. See docs/services.md. */
export interface TcpServerOptions extends ListenOptions {
  /** Called for each connection; what it throws or rejects with ends the connection and fails its owner. */
  readonly onConnection: (socket: Socket) => unknown;
}

/** A TCP server as a service. Connections end with it. See docs/services.md. */
export class TcpServerService extends ServerService<Server> {
  readonly #onConnection: (socket: Socket) => unknown;

  constructor(options: TcpServerOptions = {} as TcpServerOptions) {
    const call = 'new TcpServerService()';
    super(call, options, 'onConnection');
    const { onConnection } = options;
    checkArgument(isFunction(onConnection), call, 'a function as onConnection', onConnection);
    this.#onConnection = onConnection;
  }

  protected override createServer(): Server {
    return createServer({}, socket => void this.#serve(socket));
  }

  async #serve(socket: Socket): Promise<void> {
    try {
      await this.#onConnection(socket);
    } catch (error) {
      socket.destroy();
      throw error;
    }
  }
}

/** The options of {@link HttpServerService}. See docs/services.md. */
export interface HttpServerOptions extends ListenOptions {
  /** Like that of `http.createServer`. */
  readonly listener: RequestListener;
}

/** An HTTP server as a service; `url` is where it answers. See docs/services.md. */
export class HttpServerService extends ServerService<HttpServer> {
  readonly #listener: RequestListener;

  constructor(options: HttpServerOptions = {} as HttpServerOptions) {
    const call = 'new HttpServerService()';
    super(call, options, 'listener');
    const { listener } = options;
    checkArgument(isFunction(listener), call, 'a function as listener', listener);
    this.#listener = listener;
  }

  /** `http://127.0.0.1:8080`, without a slash. */
  get url(): string {
    const host = this.host.includes(':') ? `[${this.host}]` : this.host;
    return `http://${host}:${this.port}`;
  }

  protected override createServer(): HttpServer {
    return createHttpServer(this.#listener);
  }
}

import { factoryEnded, invalidNetworkArgument, noPort } from '../errors/network/network';
import type { UdpSocket } from '../node/dgram';
import { checkHost, checkOptions, checkPort, networkError } from './check';
import { localhost } from './localhost';
import { bindUdp, portOf } from './reserve';
import { bindTcp, tcpHandleClass } from './tcp-handle';

/** The options of the fixture `socketFactory`. See docs/network.md. */
export interface SocketOptions {
  /** A TCP socket, or one for UDP datagrams. Anything else is an error. */
  readonly type: 'tcp' | 'udp';
  /** @default 0: the system chooses */
  readonly port?: number;
  /** An IPv4 or IPv6 address. @default the fixture `localhost` */
  readonly host?: string;
}

/** A bound socket, which is closed when the scope ends. See docs/network.md. */
export interface BoundSocket {
  /** The port that it is bound to. */
  readonly port: number;
  /** The IP address that it is bound to. */
  readonly address: string;
  /** For TCP what `server.listen(socket)` takes; for UDP a `dgram.Socket`. */
  readonly socket: object;
}

const CALL = 'socketFactory()';

/** The sockets of one scope: bound when they are given, closed when the scope ends. */
export class SocketFactory {
  readonly #open = new Set<{ close(): void }>();
  #ended = false;

  /** A bound socket. */
  async next(options: SocketOptions): Promise<BoundSocket> {
    const { type, port = 0, host = localhost() } = Object(options) as SocketOptions;
    if (type !== 'tcp' && type !== 'udp')
      throw networkError(invalidNetworkArgument(CALL, "{ type: 'tcp' } or { type: 'udp' }", options));
    checkOptions(CALL, options, ['type', 'port', 'host']);
    checkPort(CALL, 'port', port, 0);
    checkHost(CALL, 'host', host);
    if (this.#ended) throw networkError(factoryEnded(CALL));
    return type === 'tcp' ? this.#bindTcp(host, port) : await this.#bindUdp(host, port);
  }

  /** Closes all that it gave. */
  end(): void {
    this.#ended = true;
    for (const each of this.#open) each.close();
    this.#open.clear();
  }

  #bindTcp(address: string, port: number): BoundSocket {
    const Handle = tcpHandleClass();
    if (Handle === undefined) throw networkError(noPort(CALL, 'this Node has no handles of TCP sockets'));
    const socket = bindTcp(Handle, address, port, false);
    if (typeof socket === 'number') throw networkError(noPort(CALL, `the system says ${socket}`));
    this.#open.add(socket);
    return { port: portOf(socket), address, socket };
  }

  async #bindUdp(address: string, port: number): Promise<BoundSocket> {
    const type = address.includes(':') ? 'udp6' : 'udp4';
    const socket: UdpSocket | undefined = await bindUdp({ type }, { address, port });
    if (socket === undefined) throw networkError(noPort(CALL, `${address}:${port} cannot be bound`));
    const close = (): void => void socket.close();
    const opened = { close };
    // The user may close it first.
    socket.once('close', () => this.#open.delete(opened));
    if (this.#ended) {
      close();
      throw networkError(factoryEnded(CALL));
    }
    this.#open.add(opened);
    return { port: socket.address().port, address, socket };
  }
}

import { connectTo, ownSocket, type Socket } from '../node/net';
import * as promises from '../node/promise';
import { after, cancel } from '../process/real-time';
import { Pipe } from './pipe';
import type { Shaping } from './shaping';

/** How long in ms a peer may take to read what was written to it. */
const PATIENCE = 200;

/**
 * A direction, as the server sees it: it reads what clients send, and writes what they receive. See docs/network.md.
 */
export type Direction = 'read' | 'write';

/** What a connection needs from its proxy. */
export interface ConnectionOwner {
  readonly targetHost: string;
  readonly targetPort: number;
  readonly buffered: boolean;
  readonly shaping: Readonly<Record<Direction, Shaping>>;
  /** The target cannot be reached. */
  unreachable(error: Error): void;
  /** Calls a content processor. */
  process(call: () => unknown): unknown;
  /** It threw. */
  processorFailed(error: unknown, direction: Direction): void;
  badBytes(direction: Direction, got: unknown): Error;
}

/** One client of a proxy, with its own connection to the target. See docs/network.md. */
export class ProxyConnection {
  /** `127.0.0.1:51234 => 127.0.0.1:5432`, for messages. */
  readonly label: string;
  /** Resolves when both ends are closed and no content processor runs for it any more. */
  readonly closed: Promise<void>;
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #pipes: Readonly<Record<Direction, Pipe>>;
  #connected = false;

  /** @internal */
  constructor(client: Socket, owner: ConnectionOwner) {
    const server = connectTo({ host: owner.targetHost, port: owner.targetPort }, { allowHalfOpen: true });
    this.#client = ownSocket(client);
    this.#server = server;
    this.label = `${client.remoteAddress}:${client.remotePort} => ${owner.targetHost}:${owner.targetPort}`;
    server.setNoDelay();
    const pipe = (direction: Direction, from: Socket, to: Socket): Pipe =>
      new Pipe(from, to, owner.shaping[direction], owner.buffered, {
        process: owner.process,
        failed: error => {
          void this.disconnect();
          owner.processorFailed(error, direction);
        },
        cut: () => this.#cut(),
        badBytes: got => owner.badBytes(direction, got),
      });
    this.#pipes = { read: pipe('read', client, server), write: pipe('write', server, client) };
    server.once('connect', () => {
      this.#connected = true;
    });
    // What one peer breaks off is broken off for the other.
    client.on('error', () => this.#breakOff(server));
    server.on('error', error => {
      if (this.#connected) {
        this.#breakOff(client);
        return;
      }
      owner.unreachable(error);
      void this.disconnect();
    });
    this.closed = this.#whenClosed();
  }

  /** What is still open of it, for messages. */
  describe(): string {
    const open = [];
    if (!this.#client.closed) open.push('client');
    if (!this.#server.closed) open.push('server');
    return `${this.label} (${open.length === 0 ? 'content processor' : open.join(', ')})`;
  }

  /** @internal */
  cutAfter(bytes: number, direction: Direction): void {
    this.#pipes[direction].cutAfter(bytes);
  }

  /** Closes both ends: the peers read the end of the stream, or a reset. */
  disconnect({ reset = false }: { readonly reset?: boolean } = {}): Promise<void> {
    this.#stop();
    for (const socket of [this.#client, this.#server]) {
      if (socket.destroyed) continue;
      if (reset && !socket.connecting) resetSocket(socket);
      else endSocket(socket);
    }
    return this.closed;
  }

  /** What has passed arrives; then both ends close. */
  #cut(): void {
    this.#stop();
    for (const socket of [this.#client, this.#server]) {
      socket.removeAllListeners('data');
      socket.resume();
      socket.destroySoon();
    }
  }

  #breakOff(other: Socket): void {
    this.#stop();
    if (other.destroyed) return;
    if (other.connecting) other.destroy();
    else resetSocket(other);
  }

  #stop(): void {
    this.#pipes.read.stop();
    this.#pipes.write.stop();
  }

  async #whenClosed(): Promise<void> {
    await promises.all([this.#client, this.#server].map(socket => whenClosed(socket)));
    this.#stop();
    await promises.all([this.#pipes.read.idle, this.#pipes.write.idle]);
  }
}

/** Resets a connection now: Node alone would first wait until the peer has taken what was written. */
function resetSocket(socket: Socket): void {
  // While its end is on its way, libuv refuses to reset it; Node would then leave the handle open, and emit no 'close'.
  // https://docs.libuv.org/en/v1.x/tcp.html#c.uv_tcp_close_reset
  const isEnding = socket.writableEnded && !socket.writableFinished && socket.writableLength === 0;
  if (!isEnding) socket.resetAndDestroy();
  if (!socket.destroyed) socket.destroy();
}

/**
 * Ends a socket so that its peer reads the end of the stream: the kernel would send a reset if bytes were left unread.
 * A peer that does not take what was written is not waited for.
 */
function endSocket(socket: Socket): void {
  if (socket.connecting || socket.writableNeedDrain) {
    socket.destroy();
    return;
  }
  socket.removeAllListeners('data');
  socket.resume();
  socket.destroySoon();
  if (socket.destroyed) return;
  const timer = after(PATIENCE, () => socket.destroy());
  socket.once('close', () => cancel(timer));
}

function whenClosed(socket: Socket): Promise<void> {
  return new Promise(resolve => {
    if (socket.closed) resolve();
    else socket.once('close', () => resolve());
  });
}

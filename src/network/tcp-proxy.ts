import {
  invalidNetworkArgument,
  invalidProcessorResult,
  proxyNotRunning,
  proxyTimeout,
} from '../errors/network/network';
import { isCancelled } from '../loop/steps/cancellation';
import { activeStep } from '../loop/steps/current-step';
import { runIn, type Step } from '../loop/steps/step';
import { connectTo, createServer, type Server, type Socket } from '../node/net';
import * as promises from '../node/promise';
import { checkCount, checkHost, checkNumber, checkOptions, checkPort, networkError } from './check';
import { type Direction, ProxyConnection } from './connection';
import type { TcpProxyOptions, WithTimeout } from './proxy-options';
import { Traffic } from './traffic';
import { within } from './within';

/** How long in ms `close()` waits when a proxy is disposed of. */
const DISPOSE_TIMEOUT = 30_000;

/**
 * A TCP proxy in front of a server, which delays, changes, slows down and breaks what passes. It works in any program;
 * in a test, the fixture `tcpProxy` gives this class.
 *
 * ```ts
 * await using proxy = new TcpProxy('127.0.0.1', 5432);
 * await proxy.start();
 * proxy.setDelay({ write: 200 });
 * ```
 *
 * All times are milliseconds. What is set applies to live connections and to those to come. See docs/network.md.
 */
export class TcpProxy extends Traffic {
  /** The server's host. */
  readonly targetHost: string;
  /** The server's port. */
  readonly targetPort: number;
  /** Where it listens. */
  readonly host: string;
  /** Errors of content processors, and of connections that could not reach the target. */
  readonly errors: readonly unknown[] = [];
  readonly #buffered: boolean;
  readonly #clients = new Set<ProxyConnection>();
  /** Made by `createClient()`: closed with the proxy. */
  readonly #own = new Set<Socket>();
  #port: number;
  #server: Server | undefined;
  #starting: Promise<this> | undefined;
  #closing: Promise<void> | undefined;
  #refusing: Promise<void> = promises.resolve();
  #step: Step | undefined;

  /**
   * @param targetHost the server's host
   * @param targetPort the server's port
   */
  constructor(targetHost: string, targetPort: number, options: TcpProxyOptions = {}) {
    super();
    checkOptions('new TcpProxy()', options, ['listenHost', 'port', 'buffered']);
    const { listenHost = '127.0.0.1', port = 0, buffered = true } = options;
    checkHost('new TcpProxy()', 'the target', targetHost);
    checkPort('new TcpProxy()', 'the target', targetPort, 1);
    checkHost('new TcpProxy()', 'listenHost', listenHost);
    checkPort('new TcpProxy()', 'port', port, 0);
    this.targetHost = targetHost;
    this.targetPort = targetPort;
    this.host = listenHost;
    this.#port = port;
    this.#buffered = Boolean(buffered);
  }

  /** The port on which it listens; known once it has started, if the system chooses it. */
  get port(): number {
    if (this.#port === 0) throw networkError(proxyNotRunning('proxy.port', 'not started'));
    return this.#port;
  }

  /** The live connections. */
  get clients(): ReadonlySet<ProxyConnection> {
    return this.#clients;
  }

  /** Listens. Calling it again changes nothing, unless it has failed; a closed proxy cannot be started. */
  start(options: WithTimeout = {}): Promise<this> {
    const timeout = checkTimeout('proxy.start()', options);
    if (this.#closing !== undefined)
      return promises.reject(networkError(proxyNotRunning('proxy.start()', 'closed')));
    this.#step ??= activeStep();
    this.#starting ??= this.#listen().then(
      () => this,
      error => {
        // What was in the way may go: it can be tried again.
        this.#starting = undefined;
        throw error;
      },
    );
    return within(this.#starting, timeout, () => networkError(proxyTimeout('start', timeout, [])));
  }

  /**
   * Stops listening and closes all connections. Waits until they are closed and content processors have ended: rejects
   * after `timeout`, naming what is open. Closing twice is one closing.
   */
  close(options: WithTimeout = {}): Promise<void> {
    const timeout = checkTimeout('proxy.close()', options);
    this.#closing ??= this.#close();
    const open = (): string[] => [...this.#clients].map(each => each.describe());
    return within(this.#closing, timeout, () => networkError(proxyTimeout('close', timeout, open())));
  }

  /** Like `close()`, with a limit of 30 seconds. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close({ timeout: DISPOSE_TIMEOUT });
  }

  /** A socket that connects to the proxy, which destroys it when it is closed. */
  createClient(): Socket {
    if (this.#closing !== undefined) throw networkError(proxyNotRunning('proxy.createClient()', 'closed'));
    const socket = connectTo({ host: this.host, port: this.port });
    this.#own.add(socket);
    socket.once('close', () => this.#own.delete(socket));
    return socket;
  }

  /**
   * Closes both ends of all connections: the peers read the end of the stream, or a reset (RST). The proxy goes on
   * listening. It starts at once; the promise resolves when all are closed.
   */
  async disconnectAll(options: { readonly reset?: boolean } = {}): Promise<void> {
    checkOptions('proxy.disconnectAll()', options, ['reset']);
    const { reset = false } = options;
    await promises.all([...this.#clients].map(each => each.disconnect({ reset })));
  }

  /**
   * Refuses new connections, like a server that is down; `refuse(false)` accepts them again, on the same port. Live
   * connections stay. The promise resolves when it is in force.
   */
  refuse(on: boolean = true): Promise<void> {
    if (typeof on !== 'boolean')
      throw networkError(invalidNetworkArgument('proxy.refuse()', 'true or false', on));
    if (this.#closing !== undefined)
      return promises.reject(networkError(proxyNotRunning('proxy.refuse()', 'closed')));
    this.#refusing = this.#refusing
      .catch(() => {})
      .then(async () => {
        await this.start();
        if (on) this.#stopListening();
        else if (this.#server === undefined) await this.#listen();
      });
    return this.#refusing;
  }

  /**
   * Cuts each connection when so many bytes have passed in a direction: counted from now for live ones, from its start
   * for others. Exactly these bytes arrive. `Infinity` takes it back.
   */
  cutAfter(bytes: number, direction: Direction): void {
    checkCount('proxy.cutAfter()', 'a number of bytes from 0, or Infinity', bytes, 0);
    if (direction !== 'read' && direction !== 'write')
      throw networkError(
        invalidNetworkArgument('proxy.cutAfter()', "a direction, 'read' or 'write'", direction),
      );
    this.shaping[direction].set({ cutAfter: bytes });
    for (const each of [...this.#clients]) each.cutAfter(bytes, direction);
  }

  async #listen(): Promise<void> {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, client => this.#accept(client));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: this.host, port: this.#port, exclusive: true }, () => {
        server.off('error', reject);
        resolve();
      });
    });
    // Not before: one that does not listen would count as listening.
    this.#server = server;
    this.#port = (server.address() as { readonly port: number }).port;
  }

  #accept(client: Socket): void {
    const errors = this.errors as unknown[];
    const connection = new ProxyConnection(client, {
      targetHost: this.targetHost,
      targetPort: this.targetPort,
      buffered: this.#buffered,
      shaping: this.shaping,
      process: call => (this.#step === undefined ? call() : runIn(this.#step, call)),
      unreachable: error => void errors.push(error),
      processorFailed: (exception, direction) => {
        errors.push(exception);
        if (isCancelled(exception)) return;
        const message = `The ${direction} processor of a TcpProxy failed`;
        this.#step?.loop?.report({ message, exception }, this.#step);
      },
      badBytes: (direction, got) => networkError(invalidProcessorResult(direction, got)),
    });
    this.#clients.add(connection);
    void connection.closed.then(() => this.#clients.delete(connection));
  }

  #stopListening(): void {
    this.#server?.close();
    this.#server = undefined;
  }

  async #close(): Promise<void> {
    await this.#starting?.catch(() => {});
    await this.#refusing.catch(() => {});
    this.#stopListening();
    for (const socket of this.#own) socket.destroy();
    await this.disconnectAll();
  }
}

/** The timeout of a call, in ms. */
function checkTimeout(call: string, options: WithTimeout): number {
  checkOptions(call, options, ['timeout']);
  const { timeout = Number.POSITIVE_INFINITY } = options;
  checkNumber(call, 'a timeout in ms', timeout, { from: 0, infinite: true });
  return timeout;
}

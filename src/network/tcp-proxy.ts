import {
  invalidNetworkArgument,
  invalidProcessorResult,
  proxyNotRunning,
  proxyTimeout,
} from '../errors/network/network';
import { activeStep } from '../loop/steps/current-step';
import type { Step } from '../loop/steps/step';
import { connectTo, createServer, type Server, type Socket } from '../node/net';
import * as promises from '../node/promise';
import { checkCount, checkHost, checkNumber, checkPort, networkError } from './check';
import { type Direction, ProxyConnection } from './connection';
import type { BothWays, TcpProxyOptions, WithTimeout } from './proxy-options';
import { type ContentProcessor, type Shape, Shaping } from './shaping';
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
export class TcpProxy {
  readonly targetHost: string;
  readonly targetPort: number;
  /** Where it listens. */
  readonly host: string;
  /** Errors of content processors, and of connections that could not reach the target. */
  readonly errors: readonly unknown[] = [];
  readonly #buffered: boolean;
  readonly #clients = new Set<ProxyConnection>();
  /** Made by `createClient()`: closed with the proxy. */
  readonly #own = new Set<Socket>();
  readonly #shaping = { read: new Shaping(), write: new Shaping() };
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

  /** Listens. Calling it again changes nothing; a closed proxy cannot be started. */
  start({ timeout = Number.POSITIVE_INFINITY }: WithTimeout = {}): Promise<this> {
    checkNumber('proxy.start()', 'a timeout in ms', timeout, { from: 0, infinite: true });
    if (this.#closing !== undefined)
      return promises.reject(networkError(proxyNotRunning('proxy.start()', 'closed')));
    this.#step ??= activeStep();
    this.#starting ??= this.#listen().then(() => this);
    return within(this.#starting, timeout, () => networkError(proxyTimeout('start', timeout, [])));
  }

  /**
   * Stops listening and closes all connections. Waits until they are closed and content processors have ended: rejects
   * after `timeout`, naming what is open. Closing twice is one closing.
   */
  close({ timeout = Number.POSITIVE_INFINITY }: WithTimeout = {}): Promise<void> {
    checkNumber('proxy.close()', 'a timeout in ms', timeout, { from: 0, infinite: true });
    this.#closing ??= this.#close();
    const open = (): string[] => [...this.#clients].map(each => each.describe());
    return within(this.#closing, timeout, () => networkError(proxyTimeout('close', timeout, open())));
  }

  /** As `close()`, with 30 seconds. */
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
  async disconnectAll({ reset = false }: { readonly reset?: boolean } = {}): Promise<void> {
    await promises.all([...this.#clients].map(each => each.disconnect({ reset })));
  }

  /** Lets each chunk wait, from its arrival; one that waits already is timed anew, from its arrival. */
  setDelay(delays: BothWays): void {
    this.#setBoth('proxy.setDelay()', 'a delay in ms from 0', delays, { from: 0 }, delay => ({ delay }));
  }

  /** Lets each chunk wait up to so many ms more, drawn anew for each. The order of the bytes stays. */
  setJitter(jitters: BothWays): void {
    this.#setBoth('proxy.setJitter()', 'a jitter in ms from 0', jitters, { from: 0 }, jitter => ({ jitter }));
  }

  /** Lets at most so many bytes per second pass, per connection; `Infinity` for no limit. */
  setBandwidth(rates: BothWays): void {
    const range = { from: 1, infinite: true };
    this.#setBoth('proxy.setBandwidth()', 'bytes per second, from 1', rates, range, bandwidth => ({
      bandwidth,
    }));
  }

  /** Delays as `setDelay`, until the disposable that it gives is disposed of, or until `fn` has ended. */
  slowdown(delays: BothWays): Disposable;
  slowdown<T>(delays: BothWays, fn: () => T | PromiseLike<T>): Promise<T>;
  slowdown<T>(delays: BothWays, fn?: () => T | PromiseLike<T>): Disposable | Promise<T> {
    const { read, write } = this.#shaping;
    const before = { read: read.now.delay, write: write.now.delay };
    this.setDelay(delays);
    let restored = false;
    const restore = (): void => {
      if (restored) return;
      restored = true;
      if (delays.read !== undefined) this.setDelay({ read: before.read });
      if (delays.write !== undefined) this.setDelay({ write: before.write });
    };
    if (fn === undefined) return { [Symbol.dispose]: restore };
    return (async () => {
      try {
        return await fn();
      } finally {
        restore();
      }
    })();
  }

  /**
   * Lets functions change the bytes, chunk by chunk (at arbitrary boundaries), after the delay; `null` leaves them as
   * they are. One that throws destroys both ends of its connection, stands in `errors`, and is an unhandled error of
   * the Loop that started the proxy.
   */
  setContentProcessors(read: ContentProcessor | null, write: ContentProcessor | null): void {
    const processors = { read, write };
    for (const [direction, processor] of Object.entries(processors)) {
      if (processor === null || typeof processor === 'function') continue;
      const expected = `a function or null for ${direction}`;
      throw networkError(invalidNetworkArgument('proxy.setContentProcessors()', expected, processor));
    }
    this.#shaping.read.set({ processor: read });
    this.#shaping.write.set({ processor: write });
  }

  /** Nothing passes until `resume()`; connections stay open. */
  pause(): void {
    this.#set({ paused: true });
  }

  /** Lets bytes pass again. */
  resume(): void {
    this.#set({ paused: false });
  }

  /**
   * Refuses new connections, as a server that is down; `refuse(false)` accepts them again, on the same port. Live
   * connections stay. The promise resolves when it is in force.
   */
  refuse(on: boolean = true): Promise<void> {
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
    this.#shaping[direction].set({ cutAfter: bytes });
    for (const each of [...this.#clients]) each.cutAfter(bytes, direction);
  }

  /** Sends chunks in parts of `size` bytes, `delay` ms apart, in both directions; `Infinity` sends them whole. */
  slice(size: number, delay: number = 0): void {
    checkCount('proxy.slice()', 'a size in bytes from 1, or Infinity', size, 1);
    checkNumber('proxy.slice()', 'a delay in ms from 0', delay, { from: 0 });
    this.#set({ sliceSize: size, sliceDelay: delay });
  }

  #set(change: Partial<Shape>): void {
    this.#shaping.read.set(change);
    this.#shaping.write.set(change);
  }

  /** All of what is given, or, on a mistake, nothing. */
  #setBoth(
    call: string,
    what: string,
    given: BothWays,
    range: Parameters<typeof checkNumber>[3],
    change: (value: number) => Partial<Shape>,
  ): void {
    if (typeof given !== 'object' || given === null)
      throw networkError(invalidNetworkArgument(call, 'an object { read, write }', given));
    const directions = (['read', 'write'] as const).filter(each => given[each] !== undefined);
    for (const each of directions) checkNumber(call, `${what} for ${each}`, given[each], range);
    for (const each of directions) this.#shaping[each].set(change(given[each]!));
  }

  async #listen(): Promise<void> {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, client => this.#accept(client));
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: this.host, port: this.#port, exclusive: true }, () => {
        server.off('error', reject);
        resolve();
      });
    });
    this.#port = (server.address() as { readonly port: number }).port;
  }

  #accept(client: Socket): void {
    const errors = this.errors as unknown[];
    const connection = new ProxyConnection(client, {
      targetHost: this.targetHost,
      targetPort: this.targetPort,
      buffered: this.#buffered,
      shaping: this.#shaping,
      unreachable: error => void errors.push(error),
      processorFailed: (exception, direction) => {
        errors.push(exception);
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

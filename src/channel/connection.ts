import type { Socket } from 'node:net';
import type { Problem } from '../errors/problem';
import { connectionLost, notSendable, tooLargeToSend } from '../errors/processes/channel';
import { LOST } from '../errors/processes/lost';
import { ownResource } from '../node/async-hooks';
import * as buffer from '../node/buffer';
import { channelError, framesOf, guarded } from './channel-error';
import { crossing } from './clone/cross';
import { type PackedError, packError, unpackError } from './clone/error';
import { type FrameReader, headOf } from './frames';
import { decode, encode, type Message } from './messages';

/** How long a closed connection may take to send its last message, ms. */
const LAST_WORDS = 200;

/** Messages arrive outside every context: not in that of the test, say, that happened to connect first. */
const outside = ownResource('jest-loop.channel', { requireManualDestroy: true });
// Otherwise `--detectOpenHandles` takes it for an open handle.
outside.emitDestroy();

/** Answers a request; its errors reject that request. */
export type Handler = (method: string, payload: unknown) => unknown;

export interface ConnectionOptions {
  readonly socket: Socket;
  /** Holds the data after the handshake. */
  readonly reader: FrameReader;
  /** The other end, for messages. */
  readonly peer: string;
  /** Maximum bytes of a message. Twice as many may be queued for the other end. */
  readonly maxMessage: number;
  readonly handle: Handler;
  readonly notified?: (event: string, payload: unknown) => void;
  /** Whether a request without an answer yet keeps this process alive. */
  readonly aliveToAnswer?: boolean;
}

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly frames: () => string;
}

/**
 * Requests, answers and notifications between two processes. It keeps its process alive only while it waits for an
 * answer.
 */
export class Connection {
  /** Resolves when it ends, for whatever reason. */
  readonly closed: Promise<void>;
  readonly #options: ConnectionOptions;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  #answering = 0;
  #over: Problem | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    const { socket, reader } = options;
    this.closed = new Promise(resolve => socket.once('close', () => resolve()));
    socket.on('data', (chunk: Buffer) => {
      reader.push(chunk);
      outside.runInAsyncScope(() => this.#read());
    });
    socket.on('end', () => this.#lose(LOST.ended));
    socket.on('error', error => this.#lose(LOST.failed(error)));
    socket.on('close', () => this.#lose(LOST.ended));
  }

  /** Handles the messages so far. Call it when the handlers are in place. */
  start(): void {
    this.#keep();
    outside.runInAsyncScope(() => this.#read());
  }

  /** Sends a request; resolves with the answer. */
  request(method: string, payload: unknown): Promise<unknown> {
    const frames = framesOf(this.request);
    return new Promise((resolve, reject) => {
      if (this.#over !== undefined) return reject(channelError(this.#over, frames()));
      this.#lastId += 1;
      const id = this.#lastId;
      const bytes = this.#bytes({ kind: 'request', id, method, payload }, `request "${method}"`, payload);
      if (!buffer.isBuffer(bytes)) return reject(channelError(bytes, frames()));
      this.#pending.set(id, { resolve, reject, frames });
      this.#keep();
      this.#write(bytes);
    });
  }

  /** Sends a notification, if the other end is still there. */
  notify(event: string, payload: unknown): void {
    if (this.#over !== undefined) return;
    const bytes = this.#bytes({ kind: 'notify', event, payload }, `message "${event}"`, payload);
    if (!buffer.isBuffer(bytes)) throw channelError(bytes, framesOf(this.notify)());
    this.#write(bytes);
  }

  /** Sends queued messages and ends. */
  close(): Promise<void> {
    this.#end(LOST.closedHere);
    return this.closed;
  }

  #read(): void {
    const { reader, maxMessage } = this.#options;
    while (this.#over === undefined) {
      const body = reader.next(maxMessage);
      if (body === undefined) return;
      if ('tooLarge' in body) this.#reject(LOST.tooLarge(body.tooLarge, maxMessage));
      else this.#decode(body);
    }
  }

  #decode(body: Buffer): void {
    let message: Message;
    try {
      message = decode(body);
    } catch (error) {
      this.#reject(LOST.undecodable(String(Object(error).message)));
      return;
    }
    this.#take(message);
  }

  #take(message: Message): void {
    switch (message.kind) {
      case 'request':
        void this.#answer(message.id, message.method, message.payload);
        break;
      case 'value':
        this.#settle(message.id)?.resolve(message.value);
        break;
      case 'error':
        this.#settle(message.id)?.reject(unpacked(message.error));
        break;
      case 'notify':
        guarded(() => this.#options.notified?.(message.event, message.payload));
        break;
      case 'bye':
        this.#lose(LOST.said(message.reason));
    }
  }

  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    this.#keep();
    return pending;
  }

  async #answer(id: number, method: string, payload: unknown): Promise<void> {
    const what = `answer to the request "${method}"`;
    this.#answering += 1;
    this.#keep();
    let bytes: Buffer | Problem;
    try {
      const value = await this.#options.handle(method, payload);
      bytes = this.#bytes({ kind: 'value', id, value }, what, value);
    } catch (thrown) {
      bytes = this.#bytes({ kind: 'error', id, error: packError(thrown) }, what, undefined);
    }
    if (!buffer.isBuffer(bytes)) bytes = encode({ kind: 'error', id, error: packError(channelError(bytes)) });
    this.#answering -= 1;
    if (this.#over === undefined) this.#write(bytes);
    this.#keep();
  }

  /** A message as bytes, or the reason against it. */
  #bytes(message: Message, what: string, payload: unknown): Buffer | Problem {
    const { maxMessage } = this.#options;
    try {
      const bytes = encode(message);
      return bytes.length > maxMessage ? tooLargeToSend(what, bytes.length, maxMessage) : bytes;
    } catch (error) {
      const found = crossing(payload);
      const text = String(Object(error).message).split('\n')[0]!;
      const { path, what: kind } =
        'problem' in found
          ? found.problem
          : { path: 'value', what: `something that cannot be copied (${text})` };
      return notSendable(what, path, kind);
    }
  }

  #write(body: Buffer): void {
    const { socket, maxMessage } = this.#options;
    if (socket.writableLength > 2 * maxMessage) {
      this.#lose(LOST.silent);
      return;
    }
    socket.cork();
    socket.write(headOf(body));
    socket.write(body);
    socket.uncork();
  }

  /** Ends it because of a bad message, and says so to the other end. */
  #reject(reason: string): void {
    this.#end(reason, reason);
  }

  #end(reason: string, farewell?: string): void {
    if (this.#over !== undefined) return;
    const { socket } = this.#options;
    if (farewell !== undefined) this.#write(encode({ kind: 'bye', reason: farewell }));
    this.#lose(reason, () => {
      socket.end();
      // An end that does not read would keep it open.
      const timer = setTimeout(() => socket.destroy(), LAST_WORDS);
      socket.once('close', () => clearTimeout(timer)).ref();
    });
  }

  #lose(reason: string, close = (): void => void this.#options.socket.destroy()): void {
    if (this.#over !== undefined) return;
    this.#over = connectionLost(this.#options.peer, reason);
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    close();
    for (const { reject, frames } of pending) reject(channelError(this.#over, frames()));
  }

  #keep(): void {
    const { socket, aliveToAnswer } = this.#options;
    if (this.#over !== undefined) return;
    if (this.#pending.size > 0 || (aliveToAnswer === true && this.#answering > 0)) socket.ref();
    else socket.unref();
  }
}

function unpacked(packed: unknown): unknown {
  try {
    return unpackError(packed as PackedError);
  } catch {
    return packed;
  }
}

import { refused, unknownRequest, unreachable } from '../errors/processes/channel';
import { MAIN } from '../errors/processes/lost';
import { once } from '../node/events';
import { connect, type Socket } from '../node/net';
import { channelError } from './channel-error';
import { MAX_MESSAGE } from './clone/bytes';
import { Connection, type Handler } from './connection';
import type { FrameReader } from './frames';
import { enter } from './handshake';

export interface ClientOptions {
  readonly address: string;
  readonly token: string;
  /** Milliseconds to retry for while no server listens yet, default 5000. */
  readonly retryFor?: number;
  /** Maximum bytes of a message, default 64 MiB. */
  readonly maxMessage?: number;
  /** Answers the server's requests. */
  readonly handle?: Handler;
}

type Listener = (payload: unknown) => void;

/** Codes of a server that does not listen yet, or has too many connections waiting. */
const NOT_YET = new Set(['ENOENT', 'ECONNREFUSED', 'EAGAIN']);
const RETRY_FOR = 5000;
const PAUSE = 20;

/** The connecting end. It keeps its process alive while it waits for an answer or owes one. */
export class ChannelClient {
  /** Connects and shows the token. */
  static async connect(options: ClientOptions): Promise<ChannelClient> {
    const { address, token, retryFor = RETRY_FOR } = options;
    const socket = await reach(address, retryFor);
    return new Promise((resolve, reject) => {
      enter(socket, token, reader => {
        if (reader === undefined) reject(channelError(refused(address)));
        else resolve(new ChannelClient(options, socket, reader));
      });
    });
  }

  readonly #connection: Connection;
  readonly #listeners = new Map<string, Set<Listener>>();

  private constructor(options: ClientOptions, socket: Socket, reader: FrameReader) {
    const { handle = unanswered, maxMessage = MAX_MESSAGE } = options;
    const notified = (event: string, payload: unknown): void => {
      for (const listener of [...(this.#listeners.get(event) ?? [])]) listener(payload);
    };
    const peer = MAIN;
    this.#connection = new Connection({
      socket,
      reader,
      peer,
      maxMessage,
      handle,
      notified,
      aliveToAnswer: true,
    });
    // Code that awaits the connection can listen before the first notification.
    setImmediate(() => this.#connection.start());
  }

  /** Resolves when the connection ends, for whatever reason. */
  get closed(): Promise<void> {
    return this.#connection.closed;
  }

  /** Sends the server a request; resolves with its answer. */
  request(method: string, payload: unknown): Promise<unknown> {
    return this.#connection.request(method, payload);
  }

  /** Calls the listener for each such notification of the server, until the returned function is called. */
  on(event: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  /** Sends queued messages and ends; pending requests are rejected. */
  close(): Promise<void> {
    return this.#connection.close();
  }
}

const unanswered: Handler = method => {
  throw channelError(unknownRequest(method));
};

async function reach(address: string, retryFor: number): Promise<Socket> {
  const start = performance.now();
  for (;;) {
    const socket = connect(address);
    try {
      await once(socket, 'connect');
      return socket;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (!NOT_YET.has(code ?? '') || performance.now() - start >= retryFor)
        throw channelError(unreachable(address, retryFor, message));
    }
    await new Promise(resolve => setTimeout(resolve, PAUSE));
  }
}

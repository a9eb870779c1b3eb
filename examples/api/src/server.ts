import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { HttpError } from './http-error';
import { type Answer, type Call, routes } from './routes';
import { DuplicateError, type Store, type User } from './store';

const MAX_BODY = 10_000;

/** The bookmarks API. It answers 503 until it has a store to serve. */
export class Server {
  #store: Store | undefined;
  #turn: Promise<void> = Promise.resolve();

  private constructor(
    private readonly server: http.Server,
    private readonly onError: (error: unknown) => void,
  ) {
    server.on('request', (request, response) => {
      // A single connection allows one transaction at a time, so requests take turns.
      this.#turn = this.#turn.then(() => this.#respond(request, response));
    });
  }

  /** Listens on a free port. `onError` gets errors that are not the client's fault. */
  static async listen(onError: (error: unknown) => void): Promise<Server> {
    const server = http.createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    return new Server(server, onError);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Serves this store until the returned function is called. */
  serve(store: Store): () => void {
    this.#store = store;
    return () => {
      this.#store = undefined;
    };
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve, reject) => {
      this.server.close(error => (error === undefined ? resolve() : reject(error)));
    });
    this.server.closeAllConnections();
    await closed;
  }

  async #respond(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const { body, headers, status } = await this.#answer(request).catch(error => this.#refuse(error));
    const text = body === undefined ? undefined : JSON.stringify(body);
    response.writeHead(status, { ...(text && { 'content-type': 'application/json' }), ...headers }).end(text);
  }

  async #answer(request: http.IncomingMessage): Promise<Answer> {
    const { pathname, searchParams } = new URL(request.url!, this.url);
    const id = Number(/^\/bookmarks\/(\d{1,9})$/.exec(pathname)?.[1]);
    const methods = routes[Number.isNaN(id) ? pathname : '/bookmarks/:id'];
    if (methods === undefined) throw new HttpError(404, `There is no ${pathname}`);
    const route = methods[request.method!];
    if (route === undefined) throw new HttpError(405, `Use ${Object.keys(methods).join(', ')}`);
    const store = this.#store;
    if (store === undefined) throw new HttpError(503, 'Come back later');
    const call: Call = {
      store,
      id,
      query: searchParams,
      body: () => readJson(request),
      user: () => findUser(request, store),
    };
    return route(call);
  }

  #refuse(error: unknown): Answer {
    if (error instanceof HttpError) {
      return { status: error.status, body: { error: error.message, ...error.details } };
    }
    if (error instanceof DuplicateError) return { status: 409, body: { error: error.message } };
    this.onError(error);
    // Clients need no details of internal errors.
    return { status: 500, body: { error: 'Something went wrong' } };
  }
}

async function readJson(request: http.IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BODY) chunks.push(chunk);
  }
  if (size > MAX_BODY) throw new HttpError(413, `A body may have ${MAX_BODY} bytes`);
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    throw new HttpError(400, 'The body is not JSON');
  }
}

async function findUser(request: http.IncomingMessage, store: Store): Promise<User> {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const user = token === undefined ? undefined : await store.findUser(token);
  if (user === undefined) throw new HttpError(401, 'Log in first');
  return user;
}

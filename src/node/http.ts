import type * as http from 'node:http';
import { captured } from './capture/captured';
import { methodsOf, pinned } from './capture/pinned';

export type { RequestListener, Server as HttpServer } from 'node:http';

/** `index.ts` does not capture it: few files need it, and loading it takes time. */
const { Server } = captured('http', () => require('node:http') as typeof http, 'Server');
const SERVER = methodsOf('http/Server', () => Server.prototype);

/** An HTTP server whose methods are Node's, whatever stands on the prototype by now. */
export function createHttpServer(listener: http.RequestListener): http.Server {
  return pinned(new Server({}, listener), SERVER);
}

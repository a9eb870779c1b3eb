import type * as net from 'node:net';
import { captured } from './captured';
import { methodsOf, pinned } from './pinned';

export type { Server, Socket } from 'node:net';

const load = (): typeof net => require('node:net') as typeof net;
const { Server, Socket } = captured('net', load, 'Server', 'Socket');
const SERVER = methodsOf('net/Server', () => Server.prototype);
const SOCKET = methodsOf('net/Socket', () => Socket.prototype);

/** A server with Node's own methods, even if its prototype was patched. */
export function createServer(): net.Server {
  return pinned(new Server(), SERVER);
}

/** A socket with Node's own methods. */
export function ownSocket(socket: net.Socket): net.Socket {
  return pinned(socket, SOCKET);
}

/** A socket with Node's own methods, connecting to that path. */
export function connect(path: string): net.Socket {
  const socket = ownSocket(new Socket()).connect(path);
  // Connecting copies the current method of the prototype there.
  Reflect.deleteProperty(socket, 'write');
  return socket;
}

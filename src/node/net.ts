import type * as net from 'node:net';
import { captured } from './captured';
import { methodsOf, pinned } from './pinned';

export type { Server, Socket } from 'node:net';

const load = (): typeof net => require('node:net') as typeof net;
const { Server, Socket } = captured('net', load, 'Server', 'Socket');
const SERVER = methodsOf('net/Server', () => Server.prototype);
const SOCKET = methodsOf('net/Socket', () => Socket.prototype);

/** A server whose methods are Node's, whatever stands on the prototype by now. */
export function createServer(): net.Server {
  return pinned(new Server(), SERVER);
}

/** The same of a socket. */
export function ownSocket(socket: net.Socket): net.Socket {
  return pinned(socket, SOCKET);
}

/** The same of one that connects to that path. */
export function connect(path: string): net.Socket {
  const socket = ownSocket(new Socket()).connect(path);
  // Connecting puts there what the prototype has by now.
  Reflect.deleteProperty(socket, 'write');
  return socket;
}

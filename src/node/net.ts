import type * as net from 'node:net';
import { captured } from './capture/captured';
import { methodsOf, pinned } from './capture/pinned';

export type { AddressInfo, Server, Socket } from 'node:net';

const load = (): typeof net => require('node:net') as typeof net;
const { Server, Socket } = captured('net', load, 'Server', 'Socket');
const SERVER = methodsOf('net/Server', () => Server.prototype);
const SOCKET = methodsOf('net/Socket', () => Socket.prototype);

/** A server with Node's own methods, even if its prototype was patched. */
export function createServer(
  options: net.ServerOpts = {},
  onConnection?: (socket: net.Socket) => void,
): net.Server {
  return pinned(new Server(options, onConnection), SERVER);
}

/** A socket with Node's own methods. */
export function ownSocket(socket: net.Socket): net.Socket {
  return pinned(socket, SOCKET);
}

/** A socket with Node's own methods, connecting to that path. */
export function connect(path: string): net.Socket {
  return unshadowed(ownSocket(new Socket()).connect(path));
}

/** A socket with Node's own methods, connecting to a port. */
export function connectTo(
  address: { readonly host: string; readonly port: number },
  options: net.SocketConstructorOpts = {},
): net.Socket {
  return unshadowed(ownSocket(new Socket(options)).connect(address));
}

/** Connecting copies the current method of the prototype there. */
function unshadowed(socket: net.Socket): net.Socket {
  Reflect.deleteProperty(socket, 'write');
  return socket;
}

import { noPort } from '../errors/network/network';
import { createSocket, type UdpSocket } from '../node/dgram';
import { type AddressInfo, createServer } from '../node/net';
import { networkError } from './check';
import { bindTcp, type TcpHandle, tcpHandleClass } from './tcp-handle';

/** IPv4 or IPv6. */
export type IpFamily = 4 | 6;

/** A port that nothing else can be given by the system, until it is closed. */
export interface Reserved {
  readonly port: number;
  /** Whether a server can bind the port while it is reserved. */
  readonly shared: boolean;
  close(): void;
}

/** Reserves a port that the system chooses, free on IPv4 and IPv6 unless a family is given. */
export type Reserve = (call: string, family: IpFamily | undefined) => Promise<Reserved>;

/**
 * Reserves TCP ports by sockets that are bound and do not listen. Where the system lets a server bind the same port
 * meanwhile, as Linux does, they can stay; that is tried here, not assumed.
 */
export function tcpReserver(): Reserve {
  const Handle = tcpHandleClass();
  if (Handle === undefined) return reserveByListening;
  const bind = (family: IpFamily | undefined): TcpHandle | number => {
    const bound = family === 4 ? -1 : bindTcp(Handle, '::', 0, family === 6);
    // A machine without IPv6.
    return typeof bound === 'number' && family !== 6 ? bindTcp(Handle, '0.0.0.0', 0, false) : bound;
  };
  let shared: boolean | undefined;
  return async (call, family) => {
    const bound = bind(family);
    if (typeof bound === 'number') throw networkError(noPort(call, `the system says ${bound}`));
    const port = portOf(bound);
    shared ??= await canListenBeside(port);
    return { port, shared, close: () => bound.close() };
  };
}

/** Reserves UDP ports: sockets that are in the way of any other. */
export const reserveUdp: Reserve = async (call, family) => {
  const open = family === 4 ? undefined : await bindUdp({ type: 'udp6', ipv6Only: family === 6 });
  const socket = open ?? (family === 6 ? undefined : await bindUdp({ type: 'udp4' }));
  if (socket === undefined) throw networkError(noPort(call, 'the system refuses to bind a socket'));
  return { port: socket.address().port, shared: false, close: () => void socket.close() };
};

/** A bound UDP socket; undefined where the system refuses. */
export function bindUdp(
  options: { readonly type: 'udp4' | 'udp6'; readonly ipv6Only?: boolean },
  at: { readonly port?: number; readonly address?: string } = {},
): Promise<UdpSocket | undefined> {
  return new Promise(resolve => {
    const socket = createSocket(options);
    const refused = (): void => {
      socket.close();
      resolve(undefined);
    };
    socket.once('error', refused);
    socket.bind({ port: 0, exclusive: true, ...at }, () => {
      socket.off('error', refused);
      resolve(socket);
    });
  });
}

/** The port that a handle is bound to. */
export function portOf(handle: TcpHandle): number {
  const name: { port?: number } = {};
  handle.getsockname(name);
  return name.port!;
}

const reserveByListening: Reserve = async (call, family) => {
  const port = await listenOnce({ port: 0, host: family === 4 ? '0.0.0.0' : undefined });
  if (port === undefined) throw networkError(noPort(call, 'the system refuses to listen'));
  return { port, shared: false, close: () => {} };
};

/** Whether a server can listen on a port that one of our sockets is bound to. */
async function canListenBeside(port: number): Promise<boolean> {
  return (await listenOnce({ port, host: undefined })) !== undefined;
}

/** Listens for a moment. The port, or undefined where the system refuses. */
function listenOnce(at: {
  readonly port: number;
  readonly host: string | undefined;
}): Promise<number | undefined> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ ...at, exclusive: true }, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

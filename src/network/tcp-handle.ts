import { createServer } from '../node/net';

/** Node's own handle of a TCP socket that listens, or is bound and may listen. `server.listen()` takes one. */
export interface TcpHandle {
  bind(address: string, port: number): number;
  bind6(address: string, port: number, flags: number): number;
  getsockname(into: { port?: number; address?: string }): number;
  close(): void;
}

type TcpHandleClass = new (type: number) => TcpHandle;

/** The kind of handle that a server has. */
const SERVER = 1;

/**
 * Node's class of TCP handles, which it does not export: that of a server which has listened. Undefined where Node
 * has none, or another one.
 */
export function tcpHandleClass(): TcpHandleClass | undefined {
  const server = createServer();
  // The caller has a way without.
  server.on('error', () => {});
  try {
    server.listen({ port: 0, exclusive: true });
    const { _handle: handle } = server as unknown as { readonly _handle?: TcpHandle | null };
    const { constructor: Handle } = Object(handle) as { readonly constructor: TcpHandleClass };
    const { prototype } = Handle;
    const fits = [prototype?.bind, prototype?.bind6, prototype?.getsockname, prototype?.close];
    return fits.every(each => typeof each === 'function') ? Handle : undefined;
  } catch {
    return undefined;
  } finally {
    server.close();
  }
}

/** A handle that is bound to an address, or the number of the system's error. */
export function bindTcp(
  Handle: TcpHandleClass,
  address: string,
  port: number,
  only6: boolean,
): TcpHandle | number {
  const handle = new Handle(SERVER);
  // UV_TCP_IPV6ONLY
  const failed = address.includes(':')
    ? handle.bind6(address, port, only6 ? 1 : 0)
    : handle.bind(address, port);
  if (failed === 0) return handle;
  handle.close();
  return failed;
}

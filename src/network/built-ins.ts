import type { SharedFacts } from '../channel/facts';
import { localhost } from './localhost';
import { PortFactory, type PortOptions } from './port-factory';
import { type Reserve, reserveUdp, tcpReserver } from './reserve';
import { SocketFactory, type SocketOptions } from './socket-factory';
import { TcpProxy } from './tcp-proxy';

/** What the built-in fixtures need from their surroundings. */
interface Context {
  facts(): Promise<SharedFacts>;
}

interface Request {
  onCleanup(fn: () => unknown): void;
}

function ports(kind: 'tcp' | 'udp', name: string) {
  return (_: unknown, request: Request, context: Context): PortFactory => {
    const reserve: Reserve = kind === 'tcp' ? tcpReserver() : reserveUdp;
    let facts: Promise<SharedFacts> | undefined;
    const claim = async (port: number): Promise<boolean> => {
      facts ??= context.facts();
      return (await facts).claim(`${kind} port`, port);
    };
    const factory = new PortFactory(name, reserve, claim);
    request.onCleanup(() => factory.end());
    return factory;
  };
}

const one = (kind: 'tcp' | 'udp', name: string) => {
  const make = ports(kind, name);
  return (...args: Parameters<typeof make>): Promise<number> => make(...args).next();
};

const many = (kind: 'tcp' | 'udp', name: string) => {
  const make = ports(kind, `${name}()`);
  return (...args: Parameters<typeof make>) => {
    const factory = make(...args);
    return (options?: PortOptions): Promise<number> => factory.next(options);
  };
};

/** The functions of the built-in fixtures about the network, by name. */
export const fixtures = {
  unusedTcpPort: one('tcp', 'unusedTcpPort'),
  unusedTcpPortFactory: many('tcp', 'unusedTcpPortFactory'),
  unusedUdpPort: one('udp', 'unusedUdpPort'),
  unusedUdpPortFactory: many('udp', 'unusedUdpPortFactory'),
  socketFactory: (_: unknown, request: Request) => {
    const factory = new SocketFactory();
    request.onCleanup(() => factory.end());
    return (options: SocketOptions) => factory.next(options);
  },
};

/** Those that are made at once. */
export const values = { localhost, tcpProxy: () => TcpProxy };

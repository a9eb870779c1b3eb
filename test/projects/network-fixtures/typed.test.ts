import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import * as net from 'node:net';
import { expect, mark, sleep, TcpProxy, TcpServerService, test } from 'jest-loop';

test('ports of every kind', async ({
  localhost,
  unusedTcpPort,
  unusedTcpPortFactory,
  unusedUdpPort,
  unusedUdpPortFactory,
}) => {
  const tcp: number[] = [
    unusedTcpPort,
    await unusedTcpPortFactory(),
    await unusedTcpPortFactory({ family: 4 }),
  ];
  const udp: number[] = [unusedUdpPort, await unusedUdpPortFactory({ family: 4 })];
  expect([new Set(tcp).size, new Set(udp).size]).toEqual([3, 2]);
  for (const port of tcp) {
    const server = net.createServer().listen(port, localhost);
    await once(server, 'listening');
    server.close();
  }
  const socket = createSocket('udp4');
  socket.bind(unusedUdpPort);
  await once(socket, 'listening');
  socket.close();
});

test('bound sockets', async ({ socketFactory, localhost }) => {
  const tcp = await socketFactory({ type: 'tcp' });
  const server = net.createServer(socket => socket.end('hi')).listen(tcp.socket);
  await once(server, 'listening');
  const [text] = await once(net.connect(tcp.port, tcp.address), 'data');
  expect([String(text), tcp.address]).toEqual(['hi', localhost]);
  server.close();

  const { socket, port, address } = await socketFactory({ type: 'udp' });
  const receiver: UdpSocket = socket;
  const sender = createSocket('udp4');
  sender.send('hello', port, address);
  expect(String((await once(receiver, 'message'))[0])).toBe('hello');
  sender.close();
});

test('a proxy is disposed of with its block', async ({ unusedTcpPort: port, localhost }) => {
  const server = net.createServer(socket => socket.end('hi')).listen(port, localhost);
  await once(server, 'listening');
  let kept: TcpProxy;
  {
    await using proxy = new TcpProxy(localhost, port, { buffered: false });
    kept = await proxy.start({ timeout: 5000 });
    expect(String((await once(kept.createClient(), 'data'))[0])).toBe('hi');
  }
  const [error] = await once(net.connect(kept.port, kept.host), 'error');
  expect(error).toMatchObject({ code: 'ECONNREFUSED' });
  server.close();
});

describe('a proxy of its own address', () => {
  const echo = test.extend('echo', async ({ entrypoint }) => {
    const server = new TcpServerService({
      onConnection: socket => void socket.on('error', () => {}).pipe(socket),
    });
    await entrypoint.startServices(server);
    return server;
  });

  echo(
    'listens on the address that it is given',
    async ({ echo: { host, port }, unusedTcpPort, localhost }) => {
      await using proxy = new TcpProxy(host, port, { listenHost: localhost, port: unusedTcpPort });
      await proxy.start();
      expect([proxy.host, proxy.port]).toEqual([localhost, unusedTcpPort]);
      const client = net.connect(unusedTcpPort, localhost);
      client.write('hello');
      expect(String((await once(client, 'data'))[0])).toBe('hello');
      expect(proxy.clients.size).toBe(1);
      client.destroy();
    },
  );

  echo('a chunk that waits is timed anew', async ({ echo: { host, port }, tcpProxy }) => {
    await using proxy = await new tcpProxy(host, port).start();
    proxy.setDelay({ read: 60_000 });
    const client = proxy.createClient();
    await once(client, 'connect');
    client.write('soon');
    await sleep(20);
    proxy.setDelay({ read: 1 });
    expect(String((await once(client, 'data'))[0])).toBe('soon');
    client.destroy();
  });

  describe('a processor that rejects', () => {
    mark.catchLoopExceptions(false);
    test('ends both ends, and is an error of the Loop', async ({
      unusedTcpPort: port,
      localhost,
      tcpProxy,
      loopExceptions,
    }) => {
      const server = net.createServer().listen(port, localhost);
      const proxy = await new tcpProxy(localhost, port).start();
      proxy.setContentProcessors(null, async () => {
        throw new Error('processor');
      });
      const accepted = once(server, 'connection') as Promise<[net.Socket]>;
      const client = proxy.createClient();
      const [peer] = await accepted;
      const ends = [client, peer].map(socket => once(socket.on('error', () => {}).resume(), 'close'));
      peer.write('x');
      await Promise.all(ends);
      expect(proxy.errors).toEqual([new Error('processor')]);
      while (loopExceptions.length === 0) await sleep(1);
      expect(loopExceptions).toEqual(proxy.errors);
      server.close();
      await proxy.close();
    });
  });
});

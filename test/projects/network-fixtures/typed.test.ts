import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import * as net from 'node:net';
import { expect, TcpProxy, test } from 'jest-loop';

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

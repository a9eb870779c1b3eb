import * as net from 'node:net';
import { TcpProxy, test } from 'jest-loop';

const echo = test.extend('echo', async ({ unusedTcpPort }, { onCleanup }) => {
  const server = net.createServer(socket => void socket.pipe(socket));
  await new Promise<void>(resolve => server.listen(unusedTcpPort, '127.0.0.1', resolve));
  onCleanup(() => new Promise(resolve => server.close(resolve)));
  return unusedTcpPort;
});

echo('the fixture is the class of the index', ({ tcpProxy }) => {
  expect(tcpProxy).toBe(TcpProxy);
});

echo('bytes pass, late', async ({ echo: port, tcpProxy, localhost }) => {
  const proxy = await new tcpProxy(localhost, port).start();
  proxy.setDelay({ read: 60 });
  const client = proxy.createClient();
  expect(client).toBeInstanceOf(net.Socket);
  const begun = performance.now();
  client.write('hello');
  const answer = await new Promise<Buffer>(resolve => client.once('data', resolve));
  expect(answer.toString()).toBe('hello');
  expect(performance.now() - begun).toBeGreaterThan(55);
  await proxy.close();
  expect(proxy.clients.size).toBe(0);
});

echo('a processor that throws fails the test', async ({ echo: port, tcpProxy }) => {
  const proxy = await new tcpProxy('127.0.0.1', port).start();
  proxy.setContentProcessors(() => {
    throw new Error('processor');
  }, null);
  const client = proxy.createClient();
  client.write('x');
  await new Promise(resolve => client.once('close', resolve).resume());
  expect(proxy.errors).toHaveLength(1);
  await proxy.close();
});

test('mistakes are of the realm of the test', ({ tcpProxy }) => {
  const mistake = () => new tcpProxy('', 1);
  expect(mistake).toThrow(Error);
  expect(mistake).toThrow('new TcpProxy() needs a host name or address for the target');
});

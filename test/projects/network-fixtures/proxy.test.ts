import * as net from 'node:net';
import { getRunningLoop, sleep, TcpProxy, test } from 'jest-loop';

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

echo('processors run in the Loop that started the proxy', async ({ echo: port, tcpProxy, request }) => {
  await using proxy = await new tcpProxy('127.0.0.1', port).start();
  const loops: unknown[] = [];
  const note = async (bytes: Buffer): Promise<Buffer> => {
    loops.push(getRunningLoop());
    await sleep(1);
    return bytes;
  };
  proxy.setContentProcessors(note, note);
  const client = proxy.createClient();
  client.write('x');
  await new Promise(resolve => client.once('data', resolve));
  expect(loops).toEqual([request.loop, request.loop]);
});

test('mistakes are of the realm of the test', ({ tcpProxy }) => {
  const mistake = () => new tcpProxy('', 1);
  expect(mistake).toThrow(Error);
  expect(mistake).toThrow('new TcpProxy() needs a host name or address for the target');
  const misspelt = { listenhost: '127.0.0.2' };
  expect(() => new tcpProxy('127.0.0.1', 1, misspelt)).toThrow(
    'expected only listenHost, port and buffered, got "listenhost"',
  );
});

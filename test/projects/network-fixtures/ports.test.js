const fs = require('node:fs');
const net = require('node:net');
const dgram = require('node:dgram');
const { fixture } = require('jest-loop');

const listen = (port, host) =>
  new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
const close = server => new Promise(resolve => server.close(resolve));

fixture('filePort', { scope: 'file' }, ({ unusedTcpPort }) => unusedTcpPort);
fixture('describePort', { scope: 'describe' }, ({ unusedTcpPort }) => unusedTcpPort);

let former;

test('a port is a number, and a server can listen on it while it is held', async ({ unusedTcpPort }) => {
  expect(typeof unusedTcpPort).toBe('number');
  for (const host of ['127.0.0.1', undefined]) await close(await listen(unusedTcpPort, host));
  former = unusedTcpPort;
});

test('another test has another port; a test and its fixtures share one', async ({
  unusedTcpPort,
  request,
}) => {
  expect(unusedTcpPort).not.toBe(former);
  expect(await request.get('unusedTcpPort')).toBe(unusedTcpPort);
});

test('a wider fixture has the port of its own scope', ({ filePort, describePort, unusedTcpPort }) => {
  expect(new Set([filePort, describePort, unusedTcpPort]).size).toBe(3);
});

describe('hooks', () => {
  let all;
  beforeAll(({ unusedTcpPort, unusedTcpPortFactory }) => {
    all = unusedTcpPort;
    expect(unusedTcpPortFactory).toEqual(expect.any(Function));
  });
  test('a beforeAll hook shares that of its block', ({ describePort }) => {
    expect(describePort).toBe(all);
  });
});

/** How many sockets this process holds; Linux alone says so. */
const held = () => {
  const folder = '/proc/self/fd';
  if (!fs.existsSync(folder)) return undefined;
  const isSocket = name => {
    try {
      return fs.readlinkSync(`${folder}/${name}`).startsWith('socket:');
    } catch {
      return false;
    }
  };
  return fs.readdirSync(folder).filter(isSocket).length;
};
let factory;
let before;

test('1000 in a row are all different', async ({ unusedTcpPortFactory }) => {
  factory = unusedTcpPortFactory;
  before = held();
  const ports = new Set();
  for (let i = 0; i < 1000; i++) ports.add(await unusedTcpPortFactory());
  expect(ports.size).toBe(1000);
  expect(unusedTcpPortFactory() instanceof Promise).toBe(true);
  expect(held() ?? 1000).toBeGreaterThanOrEqual(1000);
}, 60_000);

test('a factory ends with its scope, and so does what it held', async () => {
  expect(held() ?? 0).toBeLessThan((before ?? 0) + 1000);
  await expect(factory()).rejects.toThrow(/unusedTcpPortFactory\(\) was called after the end of its scope/);
  const error = await factory().catch(error => error);
  expect(error instanceof Error).toBe(true);
  expect(error.code).toBe('ERR_NETWORK_STATE');
});

test('a family may be given', async ({ unusedTcpPortFactory }) => {
  await close(await listen(await unusedTcpPortFactory({ family: 4 }), '127.0.0.1'));
  await close(await listen(await unusedTcpPortFactory({ family: 6 }), '::1'));
  await expect(unusedTcpPortFactory({ family: 5 })).rejects.toThrow(
    'unusedTcpPortFactory() expected { family: 4 }',
  );
  for (const wrong of [null, 5, { famly: 4 }])
    await expect(unusedTcpPortFactory(wrong)).rejects.toMatchObject({ code: 'ERR_NETWORK_ARGUMENT' });
});

test('a misspelt option of a socket', async ({ socketFactory }) => {
  await expect(socketFactory({ type: 'tcp', prot: 80 })).rejects.toThrow(
    'socketFactory() expected only type, port and host, got "prot"',
  );
});

test('UDP', async ({ unusedUdpPort, unusedUdpPortFactory }) => {
  const ports = [unusedUdpPort, await unusedUdpPortFactory(), await unusedUdpPortFactory({ family: 4 })];
  expect(new Set(ports).size).toBe(3);
  for (const port of ports) {
    const socket = dgram.createSocket('udp4');
    await new Promise((resolve, reject) => socket.once('error', reject).bind(port, '127.0.0.1', resolve));
    socket.close();
  }
});

test('localhost', async ({ localhost, unusedTcpPort }) => {
  expect(['127.0.0.1', '::1']).toContain(localhost);
  await close(await listen(unusedTcpPort, localhost));
});

let sockets;

test('sockets', async ({ socketFactory }) => {
  sockets = [await socketFactory({ type: 'tcp' }), await socketFactory({ type: 'udp' })];
  const [tcp, udp] = sockets;
  const server = await listen(tcp.socket);
  expect(server.address().port).toBe(tcp.port);
  expect(tcp.address).toBe(server.address().address);
  await close(server);
  expect(udp.socket.address().port).toBe(udp.port);
  await expect(socketFactory({ type: 'unix' })).rejects.toThrow("socketFactory() expected { type: 'tcp' }");
});

test('sockets are closed with their scope', () => {
  expect(() => sockets[1].socket.address()).toThrow();
});

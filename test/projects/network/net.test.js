const dgram = require('node:dgram');
const { once } = require('node:events');
const net = require('node:net');
const { createInterface } = require('node:readline');
const { text } = require('node:stream/consumers');

// A small protocol over TCP, with a heartbeat as databases and brokers have it.
fixture('server', { scope: 'file' }, async function* () {
  const sockets = new Set();
  const server = net.createServer({ allowHalfOpen: true }, socket => {
    sockets.add(socket);
    const beat = setInterval(() => socket.write('.\n'), 5);
    socket.setTimeout(2000);
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(beat);
      sockets.delete(socket);
    });
    createInterface({ input: socket })
      .on('line', line => socket.write(`${line.toUpperCase()}\n`))
      .on('close', () => socket.end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  yield server.address().port;
  for (const socket of sockets) socket.destroy();
  server.close();
  await once(server, 'close');
});
fixture('client', async function* ({ server }) {
  const socket = net.connect(server, '127.0.0.1').setNoDelay().setKeepAlive(true, 1000);
  await once(socket, 'connect');
  const lines = createInterface({ input: socket });
  const waiting = [];
  lines.on('line', line => line === '.' || waiting.shift()(line));
  yield line => {
    socket.write(`${line}\n`);
    return new Promise(resolve => waiting.push(resolve));
  };
  socket.end();
  await once(socket, 'close');
});
// A connection that the whole file shares, with a timer of its own that it sets while tests run.
fixture('shared', { scope: 'file' }, async function* ({ server }) {
  const socket = net.connect(server, '127.0.0.1');
  await once(socket, 'connect');
  let idle;
  socket.on('data', () => {
    clearTimeout(idle);
    idle = setTimeout(() => socket.destroy(), 1000);
  });
  yield socket;
  clearTimeout(idle);
  socket.destroy();
});

test('a line', async ({ client }) => expect(await client('a line')).toBe('A LINE'));
test('many', async ({ client }) => {
  const answers = await Promise.all(['a', 'b', 'c'].map(client));
  expect(answers).toEqual(['A', 'B', 'C']);
});
test('across heartbeats', async ({ client, shared }) => {
  await once(shared, 'data');
  await once(shared, 'data');
  expect(await client('x')).toBe('X');
});
test('the shared one again', async ({ shared }) => {
  shared.write('shared\n');
  for (let seen = ''; !seen.includes('SHARED'); ) seen += (await once(shared, 'data'))[0];
});
test('half closed', async ({ server }) => {
  const socket = net.connect(server, '127.0.0.1').end('bye\n');
  expect(await text(socket)).toContain('BYE');
});
test('refused', async () => {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  await expect(once(net.connect(port, '127.0.0.1'), 'connect')).rejects.toMatchObject({
    code: 'ECONNREFUSED',
  });
});
test('datagrams', async () => {
  const [a, b] = [dgram.createSocket('udp4'), dgram.createSocket('udp4')];
  a.bind(0, '127.0.0.1');
  await once(a, 'listening');
  b.send('hello', a.address().port, '127.0.0.1');
  expect(String((await once(a, 'message'))[0])).toBe('hello');
  a.close();
  b.close();
});

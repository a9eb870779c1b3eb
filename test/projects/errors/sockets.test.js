// Node loses the async context of the sockets that a server accepts, and that of what throws as a thread ends.
const http = require('node:http');
const net = require('node:net');
const { once } = require('node:events');
const { Worker } = require('node:worker_threads');
const { getRunningLoop } = require('jest-loop');

/** A server for one connection, which calls `received` with the first bytes. */
async function serve(received) {
  const server = net.createServer(socket => {
    server.close();
    socket.on('data', bytes => {
      socket.end();
      received(bytes);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server.address().port;
}

async function talkTo(port) {
  const socket = net.connect(port, '127.0.0.1');
  socket.write('hello');
  await once(socket.resume(), 'close');
}

const fail = () => {
  throw new Error('the server failed');
};

test('a tick that throws leaves no context behind', async () => {
  process.nextTick(() => {
    throw new Error('the tick');
  });
  await new Promise(setImmediate);
});

test('of a test', async () => talkTo(await serve(fail)));
test('of an async listener', async () => talkTo(await serve(async () => fail())));

fixture('port', () => serve(fail));
test('of a fixture', ({ port }) => talkTo(port));

fixture('wide', { scope: 'file' }, () => serve(fail));
test('of a wide fixture', ({ wide }) => talkTo(wide));

test('code there runs in the Loop of the server', async () => {
  const loop = getRunningLoop();
  let inside;
  const port = await serve(() => {
    inside = getRunningLoop();
  });
  await talkTo(port);
  expect(inside).toBe(loop);
});

test('of an HTTP server that upgrades', async () => {
  const server = http.createServer().on('upgrade', (_request, socket) => {
    server.close();
    socket.destroy();
    fail();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const headers = { connection: 'upgrade', upgrade: 'other' };
  const request = http.get({ host: '127.0.0.1', port: server.address().port, agent: false, headers });
  await once(request, 'error');
});

let thread;
let exited;
test('of a thread that outlives its test', () => {
  thread = new Worker("require('node:worker_threads').parentPort.once('message', () => {})", { eval: true });
  exited = new Promise(resolve => thread.once('exit', resolve));
  thread.once('exit', () => {
    throw new Error('the thread ended');
  });
});
test('while it ends', async () => {
  thread.postMessage('end');
  await exited;
  await new Promise(setImmediate);
});

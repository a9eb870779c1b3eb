const fs = require('node:fs');
const http = require('node:http');
const net = require('node:net');
const { once } = require('node:events');

test.override('loopBackend', 'virtual');

fixture('server', async function* () {
  const server = http.createServer(async (request, response) => {
    // Virtual, too: the answer comes when nothing else is ready.
    if (request.url === '/slow') await new Promise(resolve => setTimeout(resolve, 60_000));
    response.end(`hello ${request.url}`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  yield `http://127.0.0.1:${server.address().port}`;
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
});

test('fetch wins over a jump', async ({ server }) => {
  let jumped = false;
  setTimeout(() => {
    jumped = true;
  }, 3_600_000);
  const signal = AbortSignal.timeout(30_000);
  for (const name of ['a', 'b', 'c']) {
    const response = await fetch(`${server}/${name}`, { signal });
    expect(await response.text()).toBe(`hello /${name}`);
  }
  expect(jumped).toBe(false);
});

test('a server that sleeps answers in virtual time', async ({ server }) => {
  const began = Date.now();
  const response = await fetch(`${server}/slow`);
  expect(await response.text()).toBe('hello /slow');
  expect(Date.now() - began).toBe(60_000);
});

test('a limit of the virtual time ends a slow answer', async ({ server }) => {
  const signal = AbortSignal.timeout(5_000);
  await expect(fetch(`${server}/slow`, { signal })).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('a socket to and fro', async () => {
  const began = Date.now();
  const server = net.createServer(socket => socket.pipe(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = net.connect(server.address().port, '127.0.0.1');
  let late = false;
  setTimeout(() => {
    late = true;
  }, 60_000);
  for (let i = 0; i < 20; i++) {
    socket.write(`line ${i}`);
    const [data] = await once(socket, 'data');
    expect(String(data)).toBe(`line ${i}`);
  }
  expect([late, Date.now() - began]).toEqual([false, 0]);
  socket.destroy();
  server.close();
});

test('files, threads and processes go first', async ({ eventLoop }) => {
  let late = 0;
  setTimeout(() => late++, 60_000);
  await fs.promises.readFile(__filename);
  await new Promise(resolve => fs.readFile(__filename, resolve));
  expect(late).toBe(0);
});

describe('with a threshold', () => {
  test.override('loopBackend', ['virtual', { threshold: 20_000 }]);

  test('a child process that needs some time wins as well', async ({ loopBackendOptions }) => {
    expect(loopBackendOptions).toEqual({ threshold: 20_000 });
    let late = false;
    setTimeout(() => {
      late = true;
    }, 60_000);
    const { execFile } = require('node:child_process');
    const text = await new Promise((resolve, reject) =>
      execFile(process.execPath, ['-p', '1 + 1'], (error, stdout) =>
        error ? reject(error) : resolve(stdout),
      ),
    );
    expect([text.trim(), late]).toEqual(['2', false]);
  });
});

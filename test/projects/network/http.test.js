const { once } = require('node:events');
const http = require('node:http');
const { text } = require('node:stream/consumers');
const { setTimeout: sleep } = require('node:timers/promises');

// A server for the file and a client that keeps its connections, as most suites have them.
fixture('server', { scope: 'file' }, async function* () {
  const server = http.createServer({ keepAliveTimeout: 5000 }, async (request, response) => {
    if (request.url === '/slow') await sleep(5);
    if (request.url === '/later') return setTimeout(() => response.end('later'), 5);
    if (request.url === '/gone') return request.socket.destroy();
    if (request.url === '/never') return undefined;
    return response.end(`${request.method} ${request.url} ${await text(request)}`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  yield `http://127.0.0.1:${server.address().port}`;
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});
// Its connections are made by the first test that needs one, and live on.
fixture('agent', { scope: 'file' }, function* () {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 2, timeout: 2000 });
  yield agent;
  agent.destroy();
});
fixture('ask', ({ server, agent }) => async (path, { body, ...options } = {}) => {
  const request = http.request(server + path, { agent, ...options }).end(body);
  const [response] = await once(request, 'response');
  return [await text(response), request.reusedSocket];
});

test('a first request', async ({ ask }) => expect(await ask('/a')).toEqual(['GET /a ', false]));
test('one on the same connection', async ({ ask }) => expect(await ask('/b')).toEqual(['GET /b ', true]));
test('a body', async ({ ask }) => {
  expect((await ask('/c', { method: 'POST', body: 'x'.repeat(1e5) }))[0]).toHaveLength(100008);
});
test('many at once', async ({ ask }) => {
  const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => ask(`/${i}`)));
  expect(answers.map(([answer]) => answer)).toEqual(answers.map((_, i) => `GET /${i} `));
});
test('a server that takes its time', async ({ ask }) => {
  expect((await ask('/slow'))[0]).toBe('GET /slow ');
  expect((await ask('/later'))[0]).toBe('later');
});
test('a connection that breaks', async ({ ask }) => {
  await expect(ask('/gone')).rejects.toMatchObject({ code: 'ECONNRESET' });
});
test('one that is given up', async ({ server, agent, request: { signal } }) => {
  const aborted = AbortSignal.any([signal, AbortSignal.timeout(10)]);
  const request = http.get(`${server}/never`, { agent, signal: aborted });
  await expect(once(request, 'response')).rejects.toMatchObject({ name: 'AbortError' });
});
test('a limit of the request', async ({ server }) => {
  const request = http.get(`${server}/never`, { timeout: 10 });
  const closed = new Promise(resolve => request.on('error', () => {}).on('close', resolve));
  await once(request, 'timeout');
  request.destroy();
  await closed;
});
test('and the connections still work', async ({ ask }) => expect((await ask('/d'))[0]).toBe('GET /d '));

describe('fetch', () => {
  test('a request', async ({ server }) => {
    const response = await fetch(`${server}/e`, { method: 'PUT', body: 'text' });
    expect(await response.text()).toBe('PUT /e text');
  });
  test('once more', async ({ server }) => expect((await fetch(`${server}/f`)).status).toBe(200));
  test('a body that is not read', async ({ server }) => {
    const response = await fetch(`${server}/g`);
    await response.body.cancel();
  });
  test('one that is given up', async ({ server }) => {
    await expect(fetch(`${server}/never`, { signal: AbortSignal.timeout(10) })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
  });
  test('several at once', async ({ server }) => {
    const all = await Promise.all([1, 2, 3].map(async n => (await fetch(`${server}/${n}`)).text()));
    expect(all).toEqual(['GET /1 ', 'GET /2 ', 'GET /3 ']);
  });
});

describe('a server for one test', () => {
  fixture('upgrading', async function* () {
    const server = http.createServer().on('upgrade', (_request, socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n');
      socket.pipe(socket);
    });
    await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
    yield server.address().port;
    await new Promise(resolve => server.close(resolve));
  });
  test('an upgraded connection', async ({ upgrading: port }) => {
    const headers = { connection: 'Upgrade', upgrade: 'echo' };
    const request = http.request({ port, host: '127.0.0.1', headers }).end();
    const [, socket] = await once(request, 'upgrade');
    socket.write('echo');
    expect(String((await once(socket, 'data'))[0])).toBe('echo');
    socket.end();
    await once(socket, 'close');
  });
});

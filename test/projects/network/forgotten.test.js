const { once } = require('node:events');
const http = require('node:http');
const net = require('node:net');

// Only what is really forgotten is reported, with its line.
fixture('server', { scope: 'file' }, async function* () {
  const server = http.createServer((_request, response) => response.end('answer'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  yield `http://127.0.0.1:${server.address().port}`;
  server.closeAllConnections();
  server.close();
});
fixture('agent', function* () {
  const agent = new http.Agent({ keepAlive: true });
  yield agent;
  agent.destroy();
});

test('a poll that is not stopped', async ({ server, agent }) => {
  const request = http.get(server, { agent });
  const [response] = await once(request, 'response');
  response.resume().on('end', () => {
    setInterval(() => http.get(server, { agent }).on('error', () => {}), 60_000);
  });
  await once(response, 'end');
});
test('a limit that is not cleared', async ({ server }) => {
  const limit = new Promise((_, reject) => setTimeout(() => reject(new Error('too late')), 60_000));
  const response = await Promise.race([fetch(server), limit]);
  expect(await response.text()).toBe('answer');
});
test('a heartbeat of a connection that is not ended', async ({ request }) => {
  const server = net.createServer(socket => {
    setInterval(() => socket.write('.'), 10_000);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = net.connect(server.address().port, '127.0.0.1');
  await once(socket, 'connect');
  request.onCleanup(async () => {
    socket.destroy();
    server.close();
    await once(server, 'close');
  });
});
test('the next test is none the worse', async ({ server }) => {
  expect(await (await fetch(server)).text()).toBe('answer');
});

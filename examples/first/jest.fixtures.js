const http = require('node:http');
const { once } = require('node:events');

fixture('server', { scope: 'file' }, async function* () {
  const server = http.createServer((_, response) => response.end('hello'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  yield `http://127.0.0.1:${server.address().port}`; // the value; the rest is the teardown
  server.closeAllConnections();
  server.close();
});
fixture('page', async ({ server }) => (await fetch(server)).text());

const net = require('node:net');

test('a fixture of the worker has a port of its scope', ({ workerPort, unusedTcpPort }) => {
  expect(workerPort).toBeGreaterThan(0);
  expect(workerPort).not.toBe(unusedTcpPort);
});

test('as has one of the session', async ({ sessionPorts }) => {
  expect(new Set(sessionPorts).size).toBe(3);
  const server = net.createServer();
  await new Promise((resolve, reject) => server.once('error', reject).listen(sessionPorts[0], resolve));
  await new Promise(resolve => server.close(resolve));
});

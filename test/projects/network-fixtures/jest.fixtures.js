const { fixture } = require('jest-loop');

fixture('workerPort', { scope: 'worker' }, ({ unusedTcpPort }) => unusedTcpPort);
fixture(
  'sessionPorts',
  { scope: 'session' },
  async ({ unusedTcpPort, unusedTcpPortFactory, unusedUdpPort }) => [
    unusedTcpPort,
    await unusedTcpPortFactory(),
    unusedUdpPort,
  ],
);

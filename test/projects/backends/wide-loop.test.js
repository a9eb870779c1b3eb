const { setTimeout: delay } = require('node:timers/promises');
const { log } = require('../log');

// A test may wait for what a wider Loop brings, whatever needed that Loop first.
fixture('loopBackend', { scope: 'file' }, 'virtual');
fixture('server', { scope: 'file' }, () => ({ isReady: delay(60_000, 'ready') }));

jest.setTimeout(10_000);

test('waits for a timer of the file', async ({ server }) => {
  expect(await server.isReady).toBe('ready');
});

afterAll(async () => {
  const began = Date.now();
  await delay(60_000);
  log(`a hook reads the time of its Loop from its first line on: ${Date.now() - began}`);
});

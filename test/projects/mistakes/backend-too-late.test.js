const { Loop } = require('jest-loop');

describe('loopBackend', () => {
  fixture('eventLoop', () => new Loop());
  fixture('loopBackend', ({ eventLoop }) => (eventLoop ? 'virtual' : 'node'));
  test('needs the Loop that it chooses for', async ({ eventLoop }) => {
    await eventLoop.sleep(1);
  });
});

describe('a Loop with a backend of its own', () => {
  fixture('eventLoop', () => new Loop({ backend: 'virtual' }));
  fixture('loopBackend', ({ eventLoop }) => (eventLoop ? 'virtual' : 'node'));
  test('is what the project wants', async ({ eventLoop }) => {
    await eventLoop.sleep(60_000);
  });
});

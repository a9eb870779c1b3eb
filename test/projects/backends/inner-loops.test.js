const { Loop, sleep } = require('jest-loop');
const { log } = require('../log');

test.override('loopBackend', 'virtual');
jest.setTimeout(10_000);

describe('the time goes on', () => {
  test('under a new current Loop', async () => {
    const loop = new Loop({ newLoop: true });
    const began = Date.now();
    await sleep(60_000);
    await loop.close();
    expect(Date.now() - began).toBe(60_000);
  });

  test('without a current Loop', async ({ eventLoop }) => {
    const none = new Loop({ newLoop: false });
    await eventLoop.sleep(60_000);
    await none[Symbol.asyncDispose]();
  });

  test('under a Loop on real time', async ({ eventLoop }) => {
    const loop = new Loop({ newLoop: true, backend: 'node' });
    await eventLoop.sleep(60_000);
    await loop.close();
  });

  describe('in a Loop that a fixture entered', () => {
    fixture('entered', { auto: true }, async function* () {
      const loop = new Loop({ newLoop: true, name: 'entered' });
      await sleep(60_000);
      yield loop;
      await sleep(60_000);
      log('left');
      await loop.close();
    });
    test('and in the test', async ({ eventLoop }) => {
      expect(eventLoop.name).toBe('entered');
      await sleep(60_000);
    });
  });

  describe('for a cleanup', () => {
    fixture('worker', ({ eventLoop, request }) => {
      const work = new Promise(resolve => eventLoop.callLater(60_000, resolve));
      request.onCleanup(async () => {
        await work;
        log('cleaned up');
      });
    });
    test('that only waits for other work', ({ worker }) => {});
  });
});

test('what only waits for ever is found', async ({ eventLoop }) => {
  new Loop({ newLoop: true });
  await eventLoop.createFuture();
});

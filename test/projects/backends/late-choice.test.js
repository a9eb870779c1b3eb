/** What chooses the backend may itself wait, and so use a Loop before the choice is known. */
const { getRunningLoop, sleep } = require('jest-loop');
const { log } = require('../log');

jest.setTimeout(10_000);

async function isVirtual({ eventLoop, loopBackendName }) {
  const began = Date.now();
  await eventLoop.sleep(60_000);
  await sleep(60_000);
  expect(Date.now() - began).toBe(120_000);
  expect([loopBackendName, getRunningLoop() === eventLoop]).toEqual(['virtual', true]);
}

describe('loopBackend', () => {
  describe('that sleeps', () => {
    fixture('loopBackend', async () => {
      await sleep(1);
      return 'virtual';
    });
    test('is known then', isVirtual);
    test('in parallel', { setup: 'parallel' }, isVirtual);
    test('once more', isVirtual);
  });

  describe('that sets a timer', () => {
    fixture('loopBackend', async () => {
      await new Promise(resolve => setTimeout(resolve, 1));
      return 'virtual';
    });
    beforeEach(isVirtual);
    test('is known then', isVirtual);
  });

  describe('that requests its Loop', () => {
    fixture('loopBackend', ({ eventLoop }) => {
      expect(eventLoop.name).toBe('test loop');
      return 'virtual';
    });
    test('is known then', isVirtual);
  });

  describe('with a dependency that sleeps', () => {
    fixture('config', async function* ({ tasks }) {
      const loop = getRunningLoop();
      tasks.start(async () => {
        try {
          await sleep(100_000);
        } finally {
          await sleep(1);
          log('task of the dependency cleaned up');
        }
      });
      await sleep(1);
      yield { backend: 'virtual', loop };
      const began = loop.time();
      await sleep(5);
      log(`the dependency stays on real time: ${getRunningLoop() === loop && loop.time() - began < 1000}`);
    });
    fixture('loopBackend', ({ config }) => config.backend);
    let loop;
    test('is known then', async ({ config, eventLoop, loopBackendName }) => {
      ({ loop } = config);
      await isVirtual({ eventLoop, loopBackendName });
    });
    test('both Loops are closed at the end', () => expect(loop.closed).toBe(true));
  });

  describe('parametrised', () => {
    fixture('loopBackend', { params: ['node', 'virtual'] }, async (_, { param }) => {
      await sleep(1);
      return param;
    });
    test('is known then', async ({ eventLoop, loopBackendName, request }) => {
      expect(request.test.name).toBe(`is known then [${loopBackendName}]`);
      if (loopBackendName === 'virtual') await isVirtual({ eventLoop, loopBackendName });
    });
  });

  describe('of an overridden eventLoop', () => {
    const { Loop } = require('jest-loop');
    fixture('loopBackend', async () => {
      await sleep(1);
      return 'virtual';
    });
    fixture('eventLoop', async () => {
      await sleep(60_000);
      return new Loop();
    });
    test('is known then', isVirtual);
  });

  describe('that is none', () => {
    fixture('loopBackend', async () => {
      await sleep(1);
      return 5;
    });
    test('is an error', async () => {
      await sleep(1);
    });
  });

  describe('on a test that leaves timers behind', () => {
    fixture('loopBackend', async () => {
      setTimeout(() => log('early timer adopted'), 1);
      await sleep(0);
      return 'virtual';
    });
    test('adopts those of real time', async () => {});
    test(
      'which fire in the next',
      { backend: 'node' },
      () => new Promise(resolve => setTimeout(resolve, 20)),
    );
  });
});

describe('loopDebug', () => {
  fixture('loopDebug', async () => {
    await sleep(1);
    return true;
  });
  test('that sleeps is known then', async ({ eventLoop, loopDebug }) => {
    expect([loopDebug, eventLoop.debug]).toEqual([true, true]);
  });
  describe('with a backend', () => {
    fixture('loopBackend', async () => {
      await sleep(1);
      return 'virtual';
    });
    test('too', async ({ eventLoop, loopBackendName }) => {
      expect([loopBackendName, eventLoop.debug]).toEqual(['virtual', true]);
    });
  });
  describe('of a file', () => {
    fixture('loopDebug', { scope: 'describe' }, async () => {
      await sleep(1);
      return true;
    });
    fixture('wide', { scope: 'describe' }, ({ eventLoop }) => eventLoop.debug);
    test('too', async ({ wide, eventLoop }) => {
      expect([wide, eventLoop.debug]).toEqual([true, true]);
    });
  });
});

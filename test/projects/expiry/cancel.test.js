const { log } = require('../log');
const timers = require('node:timers/promises');

const forever = () => new Promise(() => {});
const ms = time => new Promise(resolve => setTimeout(resolve, time));

describe('what a function waits for in its Loop is rejected', () => {
  const body = start => async () => {
    try {
      await start();
    } catch (error) {
      log(`${error.name} ${error instanceof Error} ${expect.getState().currentTestName}`);
      throw error;
    } finally {
      log('finally');
    }
  };
  const { sleep, getRunningLoop } = require('jest-loop');
  test(
    'sleep',
    { timeout: 20 },
    body(() => sleep(5000)),
  );
  test(
    'timers/promises',
    { timeout: 21 },
    body(() => timers.setTimeout(5000)),
  );
  test(
    'util.promisify',
    { timeout: 22 },
    body(() => require('node:util').promisify(setTimeout)(5000)),
  );
  test(
    'a future',
    { timeout: 23 },
    body(() => getRunningLoop().createFuture()),
  );
  test(
    'a task',
    { timeout: 24 },
    body(() => getRunningLoop().createTask(() => sleep(5000))),
  );
  test(
    'for await of an interval',
    { timeout: 25 },
    body(async () => {
      for await (const _ of timers.setInterval(5000));
    }),
  );
});

describe('signals', () => {
  fixture('slow', { timeout: 20 }, async (_, { signal }) => {
    await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  });
  test('of a test', { timeout: 21 }, async ({ request: { signal } }) => {
    expect(signal.aborted).toBe(false);
    signal.addEventListener('abort', () => log(`aborted: ${signal.reason.message.split('\n')[0]}`));
    await forever();
  });
  test('of a fixture; its own reason is no cause', ({ slow }) => {});
  let kept;
  fixture('kept', async (_, { signal }) => {
    kept = signal;
  });
  test('of a fixture', ({ kept: _ }) => expect(kept.aborted).toBe(false));
  test('is aborted when its scope closes', () => expect(kept.aborted).toBe(true));
});

describe('the grace period', () => {
  test('finally may wait', { timeout: 200 }, async () => {
    try {
      await require('jest-loop').sleep(5000);
    } finally {
      await ms(20);
      log('cleaned up');
    }
  });
  test('as long as the limit was, at most', { timeout: 30 }, async () => {
    try {
      await require('jest-loop').sleep(5000);
    } finally {
      await ms(2000);
      log('never');
    }
  });
  test('a foreign promise is waited for no longer', { timeout: 31 }, async () => {
    await forever();
    log('never');
  });
  test('is over as soon as the function has ended', { timeout: 600 }, async () => {
    global.began = performance.now();
    await require('jest-loop').sleep(5000);
  });
  test('which is measured', () => expect(performance.now() - global.began).toBeLessThan(1200));
});

describe('swallowing the cancellation does not pass', () => {
  test('a test', { timeout: 20 }, async () => {
    await require('jest-loop')
      .sleep(5000)
      .catch(() => {});
    log('went on');
  });
  fixture('swallows', { timeout: 21 }, async () => {
    await require('jest-loop')
      .sleep(5000)
      .catch(() => {});
    return 'a value';
  });
  test('a fixture', ({ swallows }) => log('not this body'));
  fixture('swallowsDown', { timeout: 222 }, async function* () {
    yield;
    await require('jest-loop')
      .sleep(5000)
      .catch(() => {});
  });
  test('a teardown', ({ swallowsDown }) => {});
  beforeEach(async () => {
    if (expect.getState().currentTestName.endsWith('a hook'))
      await require('jest-loop')
        .sleep(5000)
        .catch(() => {});
  }, 223);
  test('a hook', () => log('not this body'));
});

describe('an error thrown meanwhile is its cause', () => {
  afterEach(() => {});
  test('of a test', { timeout: 20 }, async () => {
    await require('jest-loop')
      .sleep(5000)
      .catch(() => {
        throw new Error('could not clean up');
      });
  });
  test('not a second error', { timeout: 21 }, async ({ request }) => {
    await new Promise((_, reject) =>
      request.signal.addEventListener('abort', () => reject(request.signal.reason)),
    );
  });
});

describe('fixtures of a test that took too long', () => {
  fixture('db', async function* () {
    yield 'db';
    log('db down');
  });
  afterEach(({ db }) => log(`afterEach with ${db}`));
  test('go down', { timeout: 20 }, async ({ db }) => forever());
  fixture('half', { timeout: 21 }, async function* (_, { onCleanup }) {
    onCleanup(() => log('what half had registered'));
    try {
      await require('jest-loop').sleep(5000);
      yield;
    } finally {
      log('finally of half');
    }
  });
  test('of a set-up that took too long', ({ half }) => {});
  fixture('late', { timeout: 22 }, async function* () {
    await forever.later;
    yield;
    log('late down');
  });
  test('a set-up that comes up after its end goes down at once', async ({ request }) => {
    let open;
    forever.later = new Promise(resolve => (open = resolve));
    await expect(request.get('late')).rejects.toThrow('Fixture "late" took too long to set up');
    open();
    await ms(20);
    log('the test goes on');
  });
});

describe('an error thrown meanwhile in a teardown is its cause', () => {
  const { sleep } = require('jest-loop');
  const cleanUpBadly = async () => {
    try {
      await sleep(5000);
    } finally {
      throw new Error('could not clean up');
    }
  };
  const extended = test.extend({
    used: [
      async (_, use) => {
        await use();
        await cleanUpBadly();
      },
      { timeout: 224 },
    ],
  });
  extended('of the object form', ({ used }) => {});
  fixture('yielded', { timeout: 225 }, async function* () {
    yield;
    await cleanUpBadly();
  });
  test('of a generator', ({ yielded }) => {});
  fixture('yieldsTwice', { timeout: 226 }, async function* () {
    yield;
    try {
      await sleep(5000);
    } finally {
      yield;
    }
  });
  test('of a generator that yields twice', ({ yieldsTwice }) => {});
  const cancelled = test.extend({
    cancelled: [
      async (_, use) => {
        await use();
        await sleep(5000);
      },
      { timeout: 227 },
    ],
  });
  cancelled('unless it is the cancellation', ({ cancelled: _ }) => {});
});

describe('an error that wraps the expired limit is its cause', () => {
  afterEach(() => {});
  const aborted = signal =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  test('once', { timeout: 23 }, async ({ request }) => {
    await aborted(request.signal).catch(cause => {
      throw new Error('no answer', { cause });
    });
  });
  test('twice', { timeout: 24 }, async ({ request }) => {
    await aborted(request.signal).catch(cause => {
      throw new Error('no user', { cause: new Error('no answer', { cause }) });
    });
  });
  test('unless it is frozen', { timeout: 25 }, async ({ request }) => {
    await aborted(request.signal).catch(cause => {
      throw Object.freeze(new Error('frozen', { cause }));
    });
  });
});

const { log } = require('../log');
const { sleep } = require('jest-loop');

const look = (who, { signal }) => log(`${who}: ${signal.aborted ? 'aborted' : 'not aborted'}`);

describe('a signal that is first looked at after the limit is aborted', () => {
  afterEach(({ request }) => look('afterEach', request));
  test('of a body', { timeout: 20 }, async ({ request }) => {
    try {
      await sleep(5000);
    } finally {
      look('body', request);
      expect(request.signal.reason.message).toMatch('Took too long');
    }
  });
  test('of a body whose task fails', async ({ request, tasks }) => {
    tasks.start(async () => {
      await sleep(5);
      throw new Error('task failed');
    });
    try {
      await sleep(5000);
    } finally {
      look('body', request);
      expect(request.signal.reason.message).toBe('task failed');
    }
  });
  describe('of a hook', () => {
    beforeEach(async ({ request }) => {
      try {
        await sleep(5000);
      } finally {
        look('beforeEach', request);
      }
    }, 20);
    test('that runs for a test', () => {});
  });
  describe('of a beforeAll hook', () => {
    beforeAll(async ({ request }) => {
      try {
        await sleep(5000);
      } finally {
        look('beforeAll', request);
      }
    }, 20);
    afterAll(({ request }) => look('afterAll', request));
    test('that runs for a block', () => {});
  });
  fixture('slow', { timeout: 20 }, async (_, request) => {
    request.onCleanup(() => look('cleanup', request));
    try {
      await sleep(5000);
    } finally {
      look('set-up', request);
    }
  });
  test('of a fixture', ({ slow }) => {});
});

describe('each hook has a signal of its own', () => {
  const signals = [];
  beforeEach(({ request }) => void signals.push(request.signal));
  afterEach(({ request }) => {
    signals.push(request.signal);
    log(`limit of the body: ${signals.map(each => each.aborted).join(', ')}`);
  });
  test('beside that of a body that expires', { timeout: 20 }, async ({ request }) => {
    signals.push(request.signal);
    await sleep(5000);
  });
  test('different ones', () => {
    expect(new Set(signals.slice(0, 3)).size).toBe(3);
    expect(signals.slice(0, 3).map(each => each.aborted)).toEqual([true, true, true]);
  });
});

describe('in a teardown', () => {
  fixture('down', async function* (_, request) {
    request.onCleanup(() => look('its cleanup', request));
    yield;
    look('its teardown', request);
  });
  test('it is not aborted yet, whenever it is first looked at', ({ down, request }) =>
    request.onCleanup(() => look('cleanup of the test', request)));
});

describe('a call that takes the signal is named', () => {
  const once = signal => require('node:events').once(new (require('node:events'))(), 'never', { signal });
  test('of a body', { timeout: 20 }, ({ request: { signal } }) => once(signal));
  fixture('calls', { timeout: 21 }, (_, { signal }) => once(signal));
  test('of a fixture', ({ calls }) => {});
  describe('of a hook', () => {
    beforeEach(({ request: { signal } }) => once(signal), 22);
    test('that takes it', () => {});
  });
});

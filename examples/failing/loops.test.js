/** @jest-loop {"leftovers": "fail"} */
const { setTimeout: wait } = require('node:timers/promises');

describe('a test that takes too long', () => {
  const ticks = [];
  let stopped = false;

  test('is cancelled, and its finally block runs', { timeout: 100 }, async () => {
    setInterval(() => ticks.push('tick'), 20);
    try {
      await wait(60_000);
    } finally {
      stopped = true;
    }
  });

  test('leaves nothing behind, so the next test passes', async () => {
    const before = ticks.length;
    await wait(100);
    expect({ stopped, ticks: ticks.length }).toEqual({ stopped: true, ticks: before });
  });
});

describe('an error in the background', () => {
  const server = new (require('node:events').EventEmitter)();

  test('fails the test that started it', () => {
    server.on('request', () => {
      throw new Error('no handler for this request');
    });
    setImmediate(() => server.emit('request'));
  });

  test('and not the running test, which passes', async () => {
    await wait(50);
  });
});

test('a leftover timer fails its test, with the line that set it', () => {
  setInterval(() => {}, 1000);
});

/** @jest-loop {"leftovers": "fail"} */
const { setTimeout: wait } = require('node:timers/promises');

describe('a test that takes too long', () => {
  const ticks = [];
  let stopped = false;

  test('is stopped: what it waits for is cancelled, its finally runs', { timeout: 100 }, async () => {
    setInterval(() => ticks.push('still there'), 20);
    try {
      await wait(60_000);
    } finally {
      stopped = true;
    }
  });

  test('nothing of it is left, so the next one passes', async () => {
    const before = ticks.length;
    await wait(100);
    expect({ stopped, ticks: ticks.length }).toEqual({ stopped: true, ticks: before });
  });
});

describe('an error in the background', () => {
  const server = new (require('node:events').EventEmitter)();

  test('fails the test that started it', () => {
    server.on('request', () => {
      throw new Error('nobody handles this request');
    });
    setImmediate(() => server.emit('request'));
  });

  test('and not the one that happens to run, which passes', async () => {
    await wait(50);
  });
});

test('a timer that a test leaves behind fails it, with the line that set it', () => {
  setInterval(() => {}, 1000);
});

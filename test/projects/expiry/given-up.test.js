// What is left of a test that took too long is kept away from the next.
const { log } = require('../log');

const ms = time => new Promise(resolve => setTimeout(resolve, time));
const foreign = () => {
  let settle;
  const promise = new Promise((resolve, reject) => (settle = { resolve, reject }));
  return { promise, ...settle };
};
const one = foreign();
const two = foreign();
const three = foreign();

describe('timers', () => {
  test('takes too long', { timeout: 20 }, async () => {
    setTimeout(() => log('never: set before'), 60);
    setInterval(() => log('never: an interval'), 30);
    setImmediate(() => log('in time'));
    await one.promise;
    setTimeout(() => log('never: set after'), 1);
    setInterval(() => log('never: set after'), 1);
    setImmediate(() => log('never: set after'));
    require('node:timers').setTimeout(() => log('never: node:timers'), 1);
    queueMicrotask(() => log('never: a microtask'));
    const timer = setTimeout(() => {}, 1);
    timer.ref().unref().refresh();
    clearTimeout(timer);
    log('it goes on to its next wait, and does not throw');
    await require('node:timers/promises').setTimeout(1);
    log('never: after a wait');
  });
  test('comes next', async () => {
    one.resolve();
    await ms(100);
  });
});

describe('Loops', () => {
  const { getRunningLoop, sleep } = require('jest-loop');
  test('takes too long', { timeout: 20 }, async () => {
    const loop = getRunningLoop();
    loop.callLater(60, () => log('never: callLater'));
    loop.createTask(async () => {
      try {
        await sleep(5000);
      } finally {
        log('a task of it is cancelled');
      }
    });
    await two.promise;
    log('it goes on');
    await sleep(1);
    log('never: after sleep');
  });
  test('comes next', async () => {
    two.resolve();
    await ms(60);
  });
});

describe('late errors', () => {
  test('takes too long', { timeout: 20 }, async () => {
    await three.promise;
    Promise.reject(new Error('unhandled'));
    throw new Error('too late');
  });
  test('comes next, and passes', async () => {
    three.resolve();
    await ms(30);
  });
});

describe('late errors of others', () => {
  const hook = foreign();
  const setUp = foreign();
  const teardown = foreign();
  fixture('slow', { timeout: 20 }, () => setUp.promise);
  fixture('slowDown', { timeout: 221 }, async function* () {
    yield;
    await teardown.promise;
  });
  describe('of a hook', () => {
    beforeEach(() => hook.promise, 22);
    test('takes too long', () => {});
  });
  test('of a set-up', ({ slow }) => {});
  test('of a teardown', ({ slowDown }) => {});
  test('comes next, and passes', async () => {
    hook.reject(new Error('of the hook'));
    setUp.reject(new Error('of the set-up'));
    teardown.reject(new Error('of the teardown'));
    await ms(30);
  });
});

describe('of a wider Loop only what it started is cancelled', () => {
  fixture('beat', { scope: 'describe' }, async function* ({ eventLoop }) {
    const beats = [];
    const timer = setInterval(() => beats.push('beat'), 5);
    yield beats;
    clearInterval(timer);
  });
  test('takes too long', { timeout: 20, loopScope: 'describe' }, async ({ beat, eventLoop }) => {
    setTimeout(() => log('never: its own'), 40);
    await new Promise(() => {});
  });
  test('the rest goes on', { loopScope: 'describe' }, async ({ beat }) => {
    beat.length = 0;
    await ms(250);
    expect(beat.length).toBeGreaterThan(1);
  });
});

describe('late errors of a teardown in the object form', () => {
  const teardown = foreign();
  const extended = test.extend({
    used: [
      async (_, use) => {
        await use();
        await teardown.promise;
      },
      { timeout: 222 },
    ],
  });
  extended('takes too long', ({ used }) => {});
  test('comes next, and passes', async () => {
    teardown.reject(new Error('of the object form'));
    await ms(30);
  });
});

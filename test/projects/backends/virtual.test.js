const { performance: hooks } = require('node:perf_hooks');
const timers = require('node:timers');
const timersPromises = require('node:timers/promises');
const { log } = require('../log');

test.override('loopBackend', 'virtual');

const { now } = performance;
const real = { hrtime: process.hrtime };

test('an hour passes at once, and on every clock', async ({ eventLoop }) => {
  const began = real.hrtime.bigint();
  const before = [Date.now(), +new Date(), performance.now(), hooks.now(), eventLoop.time()];
  const [seconds, nanos] = process.hrtime();
  const precise = process.hrtime.bigint();
  for (let minute = 0; minute < 60; minute++) await new Promise(resolve => setTimeout(resolve, 60_000));
  const after = [Date.now(), +new Date(), performance.now(), hooks.now(), eventLoop.time()];
  expect(after.map((time, index) => time - before[index])).toEqual(Array(5).fill(3_600_000));
  expect(process.hrtime([seconds, nanos])).toEqual([3600, 0]);
  expect(process.hrtime.bigint() - precise).toBe(3_600_000_000_000n);
  expect(Date.parse(Date())).toBeGreaterThan(before[0] + 3_590_000);
  expect(Number(real.hrtime.bigint() - began) / 1e6).toBeLessThan(5000);
});

test('dates stay dates', () => {
  const date = new Date(2020, 1, 2);
  expect(date).toBeInstanceOf(Date);
  expect(date.constructor === Date || date.constructor.name === 'Date').toBe(true);
  expect(new (class extends Date {})(0).getTime()).toBe(0);
  expect(Date.UTC(1970, 0, 1)).toBe(0);
  expect(Number.isFinite(now.call(performance))).toBe(true);
});

test('due time decides, then the order of creation', async ({ eventLoop }) => {
  const order = [];
  const note = name => () => order.push(name);
  setTimeout(note('timeout 10'), 10);
  timers.setTimeout(note('node:timers 5'), 5);
  timersPromises.setTimeout(7, 'promises 7').then(value => order.push(value));
  timersPromises.scheduler.wait(6).then(note('wait 6'));
  setImmediate(note('immediate'));
  eventLoop.callSoon(note('callSoon'));
  setTimeout(note('timeout 10, later'), 10);
  eventLoop.callLater(10, note('callLater 10'));
  eventLoop.callAt(eventLoop.time() + 9, note('callAt 9'));
  let times = 0;
  const interval = setInterval(() => {
    note(`interval ${++times}`)();
    if (times === 3) clearInterval(interval);
  }, 4);
  const signal = AbortSignal.timeout(8);
  signal.addEventListener('abort', () => order.push(`abort ${signal.reason.name}`));
  await eventLoop.sleep(100);
  expect(order).toEqual([
    'immediate',
    'callSoon',
    'interval 1',
    'node:timers 5',
    'wait 6',
    'promises 7',
    'abort TimeoutError',
    'interval 2',
    'callAt 9',
    'timeout 10',
    'timeout 10, later',
    'callLater 10',
    'interval 3',
  ]);
});

test('waits are as long as they say', async ({ eventLoop }) => {
  const began = Date.now();
  await eventLoop.sleep(30 * 86_400_000);
  await Promise.race([eventLoop.sleep(Infinity), eventLoop.sleep(10)]);
  expect(Date.now() - began).toBe(30 * 86_400_000 + 10);
});

test('those of Node are as short as in Node', async () => {
  const began = Date.now();
  await new Promise(resolve => setTimeout(resolve, 2 ** 31));
  const signal = AbortSignal.timeout(2 ** 31);
  await new Promise(resolve => signal.addEventListener('abort', resolve));
  expect(Date.now() - began).toBe(2);
  expect(() => AbortSignal.timeout(Infinity)).toThrow('out of range');
});

test('microtasks come between two timers', async () => {
  const order = [];
  setTimeout(() => {
    order.push('first');
    queueMicrotask(() => order.push('microtask'));
    process.nextTick(() => order.push('tick'));
  }, 10);
  setTimeout(() => order.push('second'), 10);
  await new Promise(resolve => setTimeout(resolve, 20));
  expect(order).toEqual(['first', 'tick', 'microtask', 'second']);
});

test('cleared timers never fire', async () => {
  const never = jest.fn();
  const timeout = setTimeout(never, 5);
  clearTimeout(timeout);
  clearTimeout(+setTimeout(never, 5));
  clearInterval(setInterval(never, 5));
  clearImmediate(setImmediate(never));
  const controller = new AbortController();
  const aborted = timersPromises.setTimeout(5, undefined, { signal: controller.signal });
  controller.abort();
  await expect(aborted).rejects.toMatchObject({ name: 'AbortError', code: 'ABORT_ERR' });
  await timersPromises.setTimeout(50);
  expect(never).not.toHaveBeenCalled();
  expect(timeout.hasRef()).toBe(true);
  expect(timeout.unref().hasRef()).toBe(false);
});

test('refresh and the async iterator of an interval', async () => {
  const began = Date.now();
  let fired;
  const timer = setTimeout(() => {
    fired = Date.now() - began;
  }, 100);
  await timersPromises.setTimeout(60);
  timer.refresh();
  let ticks = 0;
  for await (const value of timersPromises.setInterval(10, 'tick')) {
    expect(value).toBe('tick');
    if (++ticks === 20) break;
  }
  expect(fired).toBe(160);
  expect(Date.now() - began).toBe(260);
});

test('names and options', ({ loopBackend, loopBackendName, loopBackendOptions }) => {
  expect([loopBackend, loopBackendName, loopBackendOptions]).toEqual(['virtual', 'virtual', {}]);
});

describe('a wider fixture', () => {
  fixture('beat', { scope: 'file' }, async function* ({ loopBackendName }) {
    const beats = { count: 0, name: loopBackendName, began: Date.now() };
    const interval = setInterval(() => beats.count++, 600_000);
    yield beats;
    clearInterval(interval);
  });

  test('stays on the real time of its own Loop', async ({ beat, loopBackendName }) => {
    await new Promise(resolve => setTimeout(resolve, 3_600_000));
    expect([beat.name, beat.count, loopBackendName]).toEqual(['node', 0, 'virtual']);
    expect(Date.now() - beat.began).toBeGreaterThanOrEqual(3_600_000);
  });
});

describe('a Loop of a test', () => {
  test('is on the backend of the test, or on its own', async ({ eventLoop }) => {
    const { Loop } = require('jest-loop');
    const began = Date.now();
    const same = new Loop();
    await same.sleep(60_000);
    await same.close();
    expect(Date.now() - began).toBe(60_000);
    const own = new Loop({ backend: 'virtual' });
    expect(
      await own.run(async () => {
        const start = own.time();
        await own.sleep(1_000_000);
        return own.time() - start;
      }),
    ).toBe(1_000_000);
    await own.close();
    const node = new Loop({ backend: 'node' });
    const start = node.time();
    await node.sleep(20);
    expect(node.time() - start).toBeLessThan(10_000);
    await node.close();
    await eventLoop.sleep(1);
  });
});

describe('the rules hold as on real time', () => {
  afterEach(() => log('after'));

  test('time limits are real', async ({ request }) => {
    // Something that may still come.
    const server = require('node:net').createServer().listen(0);
    request.onCleanup(() => server.close());
    await new Promise(resolve => server.once('never', resolve));
  }, 300);

  test('a limit cancels what moves the time for ever', async ({ eventLoop }) => {
    try {
      for (;;) await eventLoop.sleep(1000);
    } finally {
      await eventLoop.sleep(5).catch(() => {});
      log('cancelled');
    }
  }, 300);

  test('a task is cancelled', async ({ eventLoop }) => {
    const task = eventLoop.createTask(() => eventLoop.sleep(1_000_000));
    await eventLoop.sleep(10);
    task.cancel('enough');
    await expect(task).rejects.toThrow('Cancelled: enough');
  });

  test('an error in a timer fails its test', async () => {
    setTimeout(() => {
      throw new Error('in a timer');
    }, 10);
    await new Promise(resolve => setTimeout(resolve, 20));
  });

  test('what a test leaves behind does not fire', () => {
    setTimeout(() => log('left behind'), 10);
  });

  test('nor in the next one', async () => {
    await new Promise(resolve => setTimeout(resolve, 100));
  });
});

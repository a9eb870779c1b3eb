// jest.useFakeTimers() as ever; afterwards the timers of the Loop are back.
const { getRunningLoop, sleep } = require('jest-loop');

const ours = setTimeout;
const count = () => getRunningLoop().pending.size;
const isOurs = async () => {
  expect(setTimeout).toBe(ours);
  const before = count();
  const timer = setTimeout(() => {}, 1000);
  expect(count()).toBe(before + 1);
  clearTimeout(timer);
  await new Promise(resolve => setTimeout(resolve, 1));
};
afterEach(async () => {
  jest.useRealTimers();
  await isOurs();
});

test('modern', () => {
  jest.useFakeTimers();
  expect(setTimeout).not.toBe(ours);
  const fired = jest.fn();
  setTimeout(fired, 1000);
  setInterval(fired, 400);
  setImmediate(fired);
  expect(jest.getTimerCount()).toBe(3);
  jest.advanceTimersByTime(1000);
  expect(fired).toHaveBeenCalledTimes(4);
});
test('modern, with the clock', () => {
  jest.useFakeTimers({ now: 5000 });
  expect(Date.now()).toBe(5000);
  jest.setSystemTime(7000);
  expect(Date.now()).toBe(7000);
});
test('modern, asynchronously', async () => {
  jest.useFakeTimers();
  const fired = jest.fn();
  const chain = (async () => {
    for (let i = 0; i < 3; i++) {
      await new Promise(resolve => setTimeout(resolve, 100));
      fired();
    }
  })();
  await jest.advanceTimersByTimeAsync(300);
  await chain;
  expect(fired).toHaveBeenCalledTimes(3);
});
test('runAllTimersAsync', async () => {
  jest.useFakeTimers();
  const done = new Promise(resolve => setTimeout(resolve, 100_000));
  await jest.runAllTimersAsync();
  await done;
});
test('legacy', () => {
  jest.useFakeTimers({ legacyFakeTimers: true });
  const fired = jest.fn();
  setTimeout(fired, 1000);
  setImmediate(fired);
  jest.runAllImmediates();
  jest.advanceTimersByTime(1000);
  expect(fired).toHaveBeenCalledTimes(2);
});
test('doNotFake', async () => {
  jest.useFakeTimers({ doNotFake: ['setTimeout', 'clearTimeout', 'nextTick'] });
  expect(setTimeout).toBe(ours);
  const before = count();
  await new Promise(resolve => {
    setTimeout(resolve, 5);
    expect(count()).toBe(before + 1);
  });
  const fired = jest.fn();
  setInterval(fired, 10);
  jest.advanceTimersByTime(10);
  expect(fired).toHaveBeenCalledTimes(1);
});
test('advanceTimers', async () => {
  jest.useFakeTimers({ advanceTimers: true });
  await new Promise(resolve => setTimeout(resolve, 20));
});
test('setTimerTickMode', async () => {
  // From Jest 30.1 on.
  if (jest.setTimerTickMode === undefined) return;
  jest.useFakeTimers();
  jest.setTimerTickMode({ mode: 'nextAsync' });
  await new Promise(resolve => setTimeout(resolve, 100_000));
});
test('twice, and real in between', () => {
  jest.useFakeTimers();
  jest.useFakeTimers({ now: 0 });
  jest.useRealTimers();
  expect(setTimeout).toBe(ours);
});
test('spies on timers', () => {
  const spy = jest.spyOn(global, 'setTimeout');
  setTimeout(() => {}, 1);
  expect(spy).toHaveBeenCalledTimes(1);
  spy.mockRestore();
});
test('limits and sleep of the Loop run in real time', { timeout: 50 }, async () => {
  jest.useFakeTimers();
  await sleep(5);
  await new Promise(() => {});
});
test('what was real goes on, what was faked is gone', async () => {
  const real = new Promise(resolve => setTimeout(resolve, 10));
  jest.useFakeTimers();
  const fired = jest.fn();
  setTimeout(fired, 1);
  jest.useRealTimers();
  await real;
  expect(fired).not.toHaveBeenCalled();
});
describe('while fake timers are on', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  fixture('slow', { timeout: 20 }, async () => {
    await new Promise(resolve => setTimeout(resolve, 1));
  });
  test('a set-up waits', ({ slow }) => {});
});
describe('in a fixture', () => {
  fixture('clock', function* () {
    jest.useFakeTimers();
    yield jest;
    jest.useRealTimers();
  });
  test('is seen by the test', ({ clock }) => {
    const fired = jest.fn();
    setTimeout(fired, 5000);
    clock.advanceTimersByTime(5000);
    expect(fired).toHaveBeenCalled();
  });
});

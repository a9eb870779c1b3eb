test.override('loopBackend', 'virtual');

afterEach(() => jest.useRealTimers());

test('Jest moves its own time, the rest stays virtual', async ({ eventLoop }) => {
  jest.useFakeTimers({ now: 0 });
  const fired = jest.fn();
  setTimeout(fired, 1000);
  await eventLoop.sleep(5000);
  expect(fired).not.toHaveBeenCalled();
  expect(Date.now()).toBe(0);
  jest.advanceTimersByTime(1000);
  expect(fired).toHaveBeenCalledTimes(1);
  expect(Date.now()).toBe(1000);
});

test('afterwards virtual time is back', async () => {
  jest.useFakeTimers();
  jest.useRealTimers();
  const began = Date.now();
  await new Promise(resolve => setTimeout(resolve, 10_000));
  expect(Date.now() - began).toBe(10_000);
});

test('a spy on Date.now', async () => {
  jest.spyOn(Date, 'now').mockReturnValue(7);
  expect(Date.now()).toBe(7);
  jest.restoreAllMocks();
  expect(Date.now()).toBeGreaterThan(7);
});

describe('fake timers that are on before', () => {
  beforeAll(() => jest.useFakeTimers());
  afterAll(() => jest.useRealTimers());
  test('cannot go with virtual time', async () => {});
});

import { runInNewContext } from 'node:vm';
import { isThenable, withLimit } from '../../../src/loop/promises';
import { turn } from '../support';

const never = new Promise<never>(() => {});
const expired = jest.fn(() => new Error('expired'));

afterEach(() => {
  jest.useRealTimers();
  expired.mockClear();
});

test('work that ends in time keeps its outcome', async () => {
  await expect(withLimit(Promise.resolve(1), 1000, expired)).resolves.toBe(1);
  await expect(withLimit(Promise.reject(new Error('own')), 1000, expired)).rejects.toThrow('own');
  expect(expired).not.toHaveBeenCalled();
});

test('work that takes too long is rejected with what the limit says', async () => {
  await expect(withLimit(never, 1, expired)).rejects.toThrow('expired');
  expect(expired).toHaveBeenCalledTimes(1);
});

test('without a limit nothing is cut short', async () => {
  await expect(withLimit(Promise.resolve(1), Number.POSITIVE_INFINITY, expired)).resolves.toBe(1);
});

test('a late outcome is nothing to the limit', async () => {
  let fail!: (error: unknown) => void;
  const work = new Promise<never>((_, reject) => {
    fail = reject;
  });
  await expect(withLimit(work, 1, expired)).rejects.toThrow('expired');
  fail(new Error('late'));
  await turn();
});

test('no timer is left when the work has ended', async () => {
  jest.useFakeTimers();
  await jest.isolateModulesAsync(async () => {
    // Loaded anew, so that its clock is the fake one.
    const { withLimit: limited } = require('../../../src/loop/promises') as { withLimit: typeof withLimit };
    await limited(Promise.resolve(), 1000, expired);
    await limited(Promise.reject(), 1000, expired).catch(() => {});
    expect(jest.getTimerCount()).toBe(0);
    void limited(never, 1000, expired);
    expect(jest.getTimerCount()).toBe(1);
  });
});

test('fake timers neither hold a limit back nor bring it on', async () => {
  jest.useFakeTimers();
  const limited = withLimit(never, 5, expired);
  jest.advanceTimersByTime(100_000);
  expect(expired).not.toHaveBeenCalled();
  await expect(limited).rejects.toThrow('expired');
});

test.each([
  [Promise.resolve(), true],
  // biome-ignore lint/suspicious/noThenProperty: that is the case
  [{ then() {} }, true],
  // biome-ignore lint/suspicious/noThenProperty: that is the case
  [Object.assign(() => {}, { then() {} }), true],
  [runInNewContext('Promise.resolve()'), true],
  // biome-ignore lint/suspicious/noThenProperty: that is the case
  [{ then: 1 }, false],
  [null, false],
  [undefined, false],
  ['then', false],
  [() => {}, false],
])('whether %p can be awaited is %p', (value, thenable) => {
  expect(isThenable(value)).toBe(thenable);
});

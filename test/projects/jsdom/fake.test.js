const { getRunningLoop } = require('jest-loop');

afterEach(() => jest.useRealTimers());
describe.each([
  ['modern', {}],
  ['legacy', { legacyFakeTimers: true }],
])('%s', (_, options) => {
  test('fake timers', () => {
    jest.useFakeTimers(options);
    const fired = jest.fn();
    setTimeout(fired, 5000);
    expect(getRunningLoop().pending.size).toBe(0);
    jest.advanceTimersByTime(5000);
    expect(fired).toHaveBeenCalledTimes(1);
  });
  test('real ones are ours again', async () => {
    jest.useFakeTimers(options);
    jest.useRealTimers();
    const id = setTimeout(() => {}, 1000);
    expect(typeof id).toBe('number');
    expect(getRunningLoop().pending.size).toBe(1);
    clearTimeout(id);
    await new Promise(resolve => setTimeout(resolve, 1));
  });
});

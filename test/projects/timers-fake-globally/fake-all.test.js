test('enableGlobally', () => {
  const fired = jest.fn();
  setTimeout(fired, 5000);
  jest.advanceTimersByTime(5000);
  expect(fired).toHaveBeenCalledTimes(1);
});
test('the next test as well', async () => {
  let done = false;
  setTimeout(() => {
    done = true;
  }, 5000);
  await jest.advanceTimersByTimeAsync(5000);
  expect(done).toBe(true);
});
test('real ones are ours', async () => {
  jest.useRealTimers();
  const { getRunningLoop } = require('jest-loop');
  const before = getRunningLoop().pending.size;
  await new Promise(resolve => {
    setTimeout(resolve, 5);
    expect(getRunningLoop().pending.size).toBe(before + 1);
  });
});

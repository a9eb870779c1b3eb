test.override('loopBackend', 'virtual');

test('an hour passes at once in a window, too', async () => {
  const order = [];
  const began = [Date.now(), performance.now()];
  const cleared = setTimeout(() => order.push('cleared'), 5);
  expect(typeof cleared).toBe('number');
  clearTimeout(cleared);
  window.setTimeout(() => order.push('later'), 20);
  setTimeout(() => order.push('first'), 10);
  const interval = setInterval(() => {
    order.push('interval');
    clearInterval(interval);
  }, 15);
  await new Promise(resolve => setTimeout(resolve, 3_600_000));
  expect(order).toEqual(['first', 'interval', 'later']);
  expect([Date.now() - began[0], performance.now() - began[1]]).toEqual([3_600_000, 3_600_000]);
});

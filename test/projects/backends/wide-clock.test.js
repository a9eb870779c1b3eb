const { sleep } = require('jest-loop');

fixture('loopBackend', { scope: 'file' }, 'virtual');
fixture('clock', { scope: 'file' }, ({ eventLoop }) => eventLoop);
fixture('other', { scope: 'file' }, async ({ eventLoop }) => {
  await sleep(60_000);
  return eventLoop;
});

test('the fixtures of a file share one Loop', ({ clock, other }) => {
  expect(clock === other).toBe(true);
});

test('and so one clock', ({ clock, other }) => {
  expect(other.time() - clock.time()).toBe(0);
});

test('directory', ({ directoryWaits }) => {});
test('worker', ({ workerWaits }) => {});
test('session', ({ sessionWaits }) => {});
test('its own limit', ({ ownLimit }) => {});
test('is remembered', async ({ request }) => {
  await expect(request.get('ownLimit')).rejects.toThrow(
    /^Fixture "ownLimit" took too long to set up: setup\.[jt]s:\d+ \(timeout=30ms\)/,
  );
});
test('a longer one', ({ longer }) => {
  expect(longer).toBe('longer');
});
test('asyncTimeout', ({ moreTime }) => {
  expect(moreTime).toBe('more time');
});
test('asyncTimeout, less', ({ lessTime }) => {});
test('what it waits for', ({ aTask }) => {});
test('foreign code', ({ waitsForNothing }) => {});
test('blocked for longer', ({ blocks }) => {});
test('they can be requested', ({
  directoryDefaultAsyncTimeout,
  workerDefaultAsyncTimeout,
  sessionDefaultAsyncTimeout,
}) => {
  expect([directoryDefaultAsyncTimeout, workerDefaultAsyncTimeout, sessionDefaultAsyncTimeout]).toEqual([
    40, 50, 60,
  ]);
});
test('a test that waits for one has its own limit', async ({ longer, request }) => {
  expect(await request.get('longer')).toBe(longer);
}, 1000);

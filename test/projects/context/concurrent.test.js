const { AsyncLocalStorage } = require('node:async_hooks');

// No each-hook runs for a concurrent test, but what the file's beforeAll has left reaches it.
const als = new AsyncLocalStorage();
beforeAll(async () => {
  await null;
  als.enterWith('hook');
});
beforeEach(() => void als.enterWith('each'));
test.concurrent('a concurrent test', async () => expect(als.getStore()).toBe('hook'));
test.concurrent('another', async () => {
  als.enterWith('own');
  await null;
  expect(als.getStore()).toBe('own');
});
test('a test beside them', () => expect(als.getStore()).toBe('each'));

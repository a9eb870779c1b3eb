const forever = () => new Promise(() => {});

jest.setTimeout(30);
test('jest.setTimeout', forever);
test('inside of a test comes too late for it and for all', async () => {
  jest.setTimeout(10_000);
  await forever();
});
test('also for those that come later', forever);
describe('a default timeout', () => {
  fixture('defaultAsyncTimeout', 31);
  test('comes first', forever);
});

const { sleep } = require('jest-loop');

jest.retryTimes(2);
describe('a hook that has died', () => {
  beforeAll(({ tasks }) => {
    tasks.start(async () => {
      await sleep(20);
      throw new Error('of the hook');
    });
  });
  test('while a test ran', () => sleep(100));
  test('before the next one', () => {});
});
test('elsewhere', () => {});

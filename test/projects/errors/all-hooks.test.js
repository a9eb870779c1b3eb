const { kinds, wait } = require('./kinds');

test('before', () => wait());
describe('in beforeAll', () => {
  describe.each(Object.keys(kinds))('%s', kind => {
    beforeAll(async () => {
      kinds[kind]();
      await wait();
    });
    test('of it', () => {});
    test('too', () => {});
  });
});
describe('in afterAll', () => {
  describe.each(Object.keys(kinds))('%s', kind => {
    afterAll(async () => {
      kinds[kind](`in afterAll: ${kind}`);
      await wait();
    });
    test('of it', () => {});
  });
});
test('after', () => wait());

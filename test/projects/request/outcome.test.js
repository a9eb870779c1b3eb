const { log } = require('../log');

fixture('outcome', async function* (_, request) {
  log(`${request.test.name}: up ${request.test.outcome}`);
  yield;
  log(`${request.test.name}: ${request.test.outcome}`);
});

test('passes', ({ outcome }) => {});
test('fails', ({ outcome }) => {
  throw new Error('fails');
});
test.failing('fails as expected', ({ outcome }) => {
  throw new Error('expected');
});
test.failing('passes though it should fail', ({ outcome }) => {});
test('has too few assertions', ({ outcome }) => {
  expect.assertions(1);
});
test('is failed by an unhandled rejection', async ({ outcome }) => {
  void Promise.reject(new Error('unhandled'));
  await new Promise(resolve => setTimeout(resolve, 1));
});
describe('with each-hooks', () => {
  beforeEach(() => {});
  test('passes hooked', ({ outcome }) => {});
  test('fails hooked', ({ outcome }) => {
    throw new Error('fails hooked');
  });
  test.failing('fails as expected hooked', ({ outcome }) => {
    throw new Error('expected');
  });
  describe('of which one fails', () => {
    afterEach(() => {
      throw new Error('afterEach fails');
    });
    test('is failed by its hook', ({ outcome }) => {});
  });
});

const { log } = require('../log');

fixture('told', async function* (_, request) {
  log(`${request.test.name}: up ${request.test.outcome}`);
  yield;
  log(`${request.test.name}: ${request.test.outcome}`);
});

test('passes', ({ told }) => {});
test('fails', ({ told }) => {
  throw new Error('fails');
});
test.failing('fails as expected', ({ told }) => {
  throw new Error('expected');
});
test.failing('passes though it should fail', ({ told }) => {});
test('has too few assertions', ({ told }) => {
  expect.assertions(1);
});
test('is failed by a rejection that nobody handles', async ({ told }) => {
  void Promise.reject(new Error('nobody handles it'));
  await new Promise(resolve => setTimeout(resolve, 1));
});
describe('with each-hooks', () => {
  beforeEach(() => {});
  test('passes hooked', ({ told }) => {});
  test('fails hooked', ({ told }) => {
    throw new Error('fails hooked');
  });
  test.failing('fails as expected hooked', ({ told }) => {
    throw new Error('expected');
  });
  describe('of which one fails', () => {
    afterEach(() => {
      throw new Error('afterEach fails');
    });
    test('is failed by its hook', ({ told }) => {});
  });
});

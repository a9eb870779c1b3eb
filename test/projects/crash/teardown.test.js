const { log, logged } = require('../log');

const failing = name =>
  async function* () {
    log(`${name} up`);
    yield;
    log(`${name} down`);
    throw new Error(`${name} teardown failed`);
  };
fixture('first', failing('first'));
fixture('second', failing('second'));
fixture('third', logged('third'));

test('all teardowns run, all errors are reported', ({ first, second, third }) => log('body'));
test("the test's own error is the first", ({ first, third }) => {
  throw new Error('own');
});
test.failing('a teardown error is no expected failure', ({ first }) => {
  throw new Error('expected');
});
describe('with hooks', () => {
  afterEach(() => log('afterEach'));
  test('the same', ({ first, second }) => {
    throw new Error('own');
  });
});
test('nothing is left of it', ({ third }) => {});

// Default timeouts that are functions, asynchronous ones, generators, and that depend on others.
const forever = () => new Promise(() => {});
const { log } = require('../log');

fixture('fileDefaultAsyncTimeout', { scope: 'file' }, async () => {
  await null;
  return 31;
});
test('an async function', forever);
describe('a generator', () => {
  fixture('describeDefaultAsyncTimeout', { scope: 'describe' }, async function* () {
    yield 32;
    log('and down again');
  });
  test('of a block', forever);
});
describe('of another fixture', () => {
  fixture('base', { scope: 'describe' }, 16);
  fixture('defaultAsyncTimeout', ({ base }) => base * 2 + 1);
  test('a dependency', forever);
});
describe('of itself', () => {
  test.override('fileDefaultAsyncTimeout', ({ fileDefaultAsyncTimeout }) => fileDefaultAsyncTimeout + 3);
  test('what it overrides', forever);
});
describe('of sessionDefaultAsyncTimeout', () => {
  fixture('defaultAsyncTimeout', ({ sessionDefaultAsyncTimeout }) => {
    log(`there always is one: ${sessionDefaultAsyncTimeout}`);
    return 35;
  });
  test('which always exists', forever);
});
describe('before all else', () => {
  fixture('describeDefaultAsyncTimeout', { scope: 'describe' }, async () => 36);
  fixture('defaultAsyncTimeout', async () => 37);
  fixture('unasked', { auto: true }, forever);
  test('an auto fixture', () => {});
  describe('of a block', () => {
    test.override('unasked', null);
    beforeAll(forever);
    test('beforeAll', () => {});
  });
  describe('parallel', () => {
    test.override('unasked', null);
    fixture('slow', forever);
    test('set-up', { setup: 'parallel' }, ({ slow }) => {});
  });
});
describe('one that hangs', () => {
  fixture('defaultAsyncTimeout', forever);
  test('has the limit of the next wider one', () => log('not this body'));
});
describe('one that throws', () => {
  fixture('defaultAsyncTimeout', () => {
    throw new Error('no idea how long');
  });
  test('fails the test', () => log('not this body'));
});
describe('Infinity', () => {
  fixture('defaultAsyncTimeout', Infinity);
  test('is no limit', () => new Promise(resolve => setTimeout(resolve, 60)));
});

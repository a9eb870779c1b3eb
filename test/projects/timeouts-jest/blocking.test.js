// Synchronous code cannot be interrupted: a limit of this package is reported afterwards.
const { log } = require('../log');
const block = ms => {
  for (const end = performance.now() + ms; performance.now() < end; );
};

test('an option', { timeout: 20 }, () => block(40));
test('asyncTimeout', ({ asyncTimeout }) => {
  asyncTimeout.set(21);
  block(40);
});
describe('a default timeout', () => {
  fixture('defaultAsyncTimeout', 22);
  test('of a test', () => block(40));
  fixture('db', () => block(40));
  test('of a fixture', ({ db }) => {});
  beforeEach(() => {
    if (expect.getState().currentTestName.endsWith('hook')) block(40);
  });
  test('of a hook', () => log('not this body'));
});
fixture('slow', { timeout: 23 }, () => block(40));
test('a fixture', ({ slow }) => {});
fixture('slowDown', { timeout: 224 }, function* () {
  yield;
  block(300);
});
test('a teardown', ({ slowDown }) => {});
test('an asynchronous one that never waited long', { timeout: 25 }, async () => {
  await null;
  block(50);
});
test('its own error comes first', { timeout: 26 }, () => {
  block(40);
  throw new Error('of the test');
});
test('in time', { timeout: 500 }, () => block(10));

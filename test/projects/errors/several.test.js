const { kinds, wait } = require('./kinds');

fixture('db', async function* () {
  yield;
  kinds.timer('background error of the teardown');
  await wait();
  throw new Error('teardown');
});

test("the test's own is the first, though others came before", async ({ db }) => {
  kinds.timer('timer');
  kinds.rejection('rejection');
  await wait();
  throw new Error('own');
});

test('several without one of its own', async () => {
  kinds.timer('first');
  kinds.tick('second');
  await wait();
});

test('one error that comes in several ways is one', async () => {
  const error = new Error('once');
  Promise.reject(error);
  setTimeout(() => {
    throw error;
  }, 1);
  await wait();
  throw error;
});

test('one that is rejected, and awaited later', async () => {
  const promise = Promise.reject(new Error('awaited'));
  promise.then(() => {});
  await wait();
  await promise;
});

test('two of the same text are two', async () => {
  for (let i = 0; i < 2; i++) Promise.reject('text');
  await wait();
});

test('none of it reaches the next test', () => wait());

test.failing('its own error is expected', async () => {
  throw new Error('expected');
});

test.failing('a background error is not', async () => {
  kinds.timer('unexpected');
  await wait();
  throw new Error('expected');
});

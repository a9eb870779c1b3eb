const { kinds, later, wait } = require('./kinds');

describe('at the same time', () => {
  test.concurrent.each(Object.keys(kinds))('%s', async kind => {
    kinds[kind]();
    await wait(30);
  });
  test.concurrent('is not blamed', () => wait(40));
  test.concurrent('owns what comes later', async () => later(() => Promise.reject(new Error('later'))));
  test.concurrent('own error first', async () => {
    kinds.timer('background');
    await wait();
    throw new Error('own');
  });
  test.concurrent
    .failing('expects its own error only', async () => {
      kinds.timer('unexpected');
      await wait();
      throw new Error('expected');
    });
});
test('is not blamed either', () => wait());

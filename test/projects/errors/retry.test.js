const { kinds, later, wait } = require('./kinds');

jest.retryTimes(2);
let runs = 0;
test('a background error is retried as any', async () => {
  if (++runs === 1) kinds.timer();
  await wait();
});

let fails = 0;
test('an error of an attempt that is over fails no other', async () => {
  if (++fails === 1) {
    setTimeout(() => Promise.reject(new Error('late')), 30);
    throw new Error('first attempt');
  }
  await wait(60);
});

const { log, logged } = require('../log');

jest.retryTimes(1, { retryImmediately: true });
fixture('fresh', logged('fresh'));
let bodies = 0;
test('at once', ({ fresh }) => {
  log('body');
  if (++bodies < 2) throw new Error('again');
});
test('next', () => log('next'));

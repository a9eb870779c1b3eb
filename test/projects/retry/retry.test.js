const { log } = require('../log');

jest.retryTimes(2);
let up = 0;
fixture('fresh', async function* (_, request) {
  const id = ++up;
  log(`up ${id} attempt ${request.test.attempt}`);
  yield id;
  log(`down ${id} ${request.test.outcome}`);
});
fixture('file', { scope: 'file' }, () => {
  log('file up');
  return {};
});
test('each attempt has a fresh set', ({ fresh, file }) => {
  log(`body ${fresh}`);
  if (fresh < 3) throw new Error('again');
});
test('before the deferred retries', ({ fresh }) => log(`other ${fresh}`));
describe('with hooks', () => {
  let attempts = 0;
  beforeEach(({ fresh }) => log(`hook ${fresh}`));
  test('too', ({ fresh }) => {
    if (++attempts < 2) throw new Error('again');
  });
});
test('a mistake is not retried', ({ unknown }) => {});
test('a failing set-up is', ({ broken }) => {});
let tries = 0;
fixture('broken', () => {
  log(`broken ${++tries}`);
  if (tries < 2) throw new Error('broken');
});

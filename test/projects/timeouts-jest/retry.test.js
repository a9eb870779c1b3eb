const { log } = require('../log');

jest.retryTimes(2, { logErrorsBeforeRetry: true });
let attempts = 0;
test('a limit that expires is tried again', { timeout: 200 }, async ({ request }) => {
  log(`attempt ${request.test.attempt}`);
  if (++attempts < 3) {
    setTimeout(() => log('never'), 300);
    await new Promise(() => {});
  }
  await new Promise(resolve => setTimeout(resolve, 5));
});
fixture('db', { timeout: 21 }, async () => {
  log('db up');
  await require('jest-loop').sleep(5000);
});
test('and that of a fixture, until the end', ({ db }) => {});
test('the next', { timeout: 5000 }, () => new Promise(resolve => setTimeout(resolve, 400)));

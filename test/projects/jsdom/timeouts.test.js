const { log } = require('../log');

test('too slow', async () => {
  setTimeout(() => log('never: a timer of a test that is over'), 90);
  try {
    await require('jest-loop').sleep(100_000);
  } finally {
    log('finally');
    document.title = 'cleaned';
  }
}, 40);
test('the next one', async () => {
  expect(document.title).toBe('cleaned');
  await new Promise(resolve => setTimeout(resolve, 80));
});
fixture('slow', async ({ request }) => {
  await new Promise(resolve => request.signal.addEventListener('abort', resolve));
  log('aborted');
});
test('a fixture that is too slow', { overrides: { defaultAsyncTimeout: 30 } }, ({ slow }) => {});

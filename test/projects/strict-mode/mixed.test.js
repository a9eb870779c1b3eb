const wait = ms => new Promise(resolve => setTimeout(resolve, ms));

test.loop('a managed one starts it', () => void setTimeout(() => Promise.reject(new Error('late')), 5));
test('a plain one that runs is not blamed', () => wait(20));
test.loop('a managed one is ended', { timeout: 20 }, async () => {
  const { sleep } = require('jest-loop');
  await sleep(5000);
});
test('a plain one runs on', () => wait(5));

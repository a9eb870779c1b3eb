const { log } = require('../log');

// Jest shuts its gate when the first concurrent test ends; none of these may notice.
const wait = ms => new Promise(resolve => setTimeout(resolve, ms));

fixture('wide', { scope: 'file' }, async function* () {
  await wait(30);
  yield require('./lazy/wide');
});
fixture('own', async function* () {
  await wait(30);
  yield require('./lazy/set-up');
  await wait(10);
  log(require('./lazy/teardown'));
  jest.useFakeTimers();
  jest.useRealTimers();
});
test.concurrent('ends first', async () => {});
test.concurrent('a set-up loads a file, and its teardown as well', async ({ own, wide }) => {
  expect([own, wide]).toEqual(['set-up', 'wide']);
});
test.concurrent('a body loads a file', async ({ wide }) => {
  await wait(10);
  expect(require('./lazy/body')).toBe('body');
});
test('a plain one after them', () => {});

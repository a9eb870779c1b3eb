const { AsyncLocalStorage } = require('node:async_hooks');
const { log } = require('../log');

// Each attempt begins anew.
const als = new AsyncLocalStorage();
jest.retryTimes(2);

fixture('attempt', async (_, { test: { attempt } }) => {
  await null;
  als.enterWith(`fixture of ${attempt}`);
});
let tries = 0;
beforeEach(() => void log(`before: ${als.getStore()}`));
test('the second passes', ({ attempt }) => {
  log(`starts: ${als.getStore()}`);
  als.enterWith(`test of ${++tries}`);
  expect(tries).toBe(2);
});
test('after it', () => expect(als.getStore()).toBeUndefined());
let more = 0;
test('one that needs nothing', () => {
  log(`starts: ${als.getStore()}`);
  als.enterWith(`test of ${++more}`);
  expect(more).toBe(2);
});
test('after that', () => expect(als.getStore()).toBeUndefined());

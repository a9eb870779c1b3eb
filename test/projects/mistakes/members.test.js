// Functions of other runners, called where a test, a hook or a fixture runs.
const { test: imported } = require('jest-loop');
const mine = test.extend('own', 1);
test('Playwright: a step', async () => {
  await test.step('log in', async () => {});
});
test('Playwright: facts', () => {
  expect(imported.info().title).toBe('facts');
});
test('Playwright: a limit', ({ request }) => {
  mine.setTimeout(1000);
});
test('Playwright: a condition', () => {
  test.skip(true, 'not on this machine');
});
test('Vitest: a condition', () => {
  mine.skipIf(true)('never', () => {});
});
test('a feature test', () => {
  expect([typeof test.skipIf, 'step' in test, typeof describe.skipIf]).toEqual([
    'undefined',
    false,
    'undefined',
  ]);
});
test('no function of a runner', () => {
  const db = {};
  db.step();
});
describe('in a hook', () => {
  beforeEach(() => test.slow());
  test('runs', () => {});
});
describe('in a hook of the block', () => {
  beforeAll(() => it.fixme());
  test('runs', () => {});
});
describe('in a fixture', () => {
  fixture('slow', () => test.slow());
  test('runs', ({ slow }) => {});
});

/**
 * @jest-environment jsdom
 */
test('names a fixture', async ({ db }) => {
  await db;
});
test('an empty pattern', ({}) => {});
test('another pattern', ([a]) => {});
test.failing('is not what failing waits for', ({ db }) => {});
test.concurrent('concurrent', async ({ db }) => {});
test.each([[1]])('after a row', (n, { db }) => {});
test.concurrent.each([[1]])('after a concurrent row', async (n, { db }) => {});
test.failing.each([[1]])('after a failing row', (n, { db }) => {});
test('plain beside them', () => {});
describe('a hook', () => {
  beforeEach(({ port }) => {});
  test('that asks', () => {});
});

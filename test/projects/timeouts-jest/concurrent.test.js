const { log } = require('../log');
const { sleep } = require('jest-loop');

fixture('db', async function* (_, { test }) {
  yield test.name;
  log(`${test.name}: down`);
});
for (const [name, timeout] of [
  ['a', 40],
  ['b', 120],
  ['c', 200],
]) {
  test.concurrent(name, { timeout }, async ({ db }) => {
    expect(db).toBe(name);
    setTimeout(() => log('never'), 400);
    await sleep(5000);
  });
}
test.concurrent('d', { timeout: 5000 }, async ({ db }) => {
  await sleep(500);
  expect(db).toBe('d');
});
test.concurrent.each([[1], [2]])('each %i', { timeout: 43 }, async () => sleep(5000));
test.concurrent.failing('fails as it should', { timeout: 44 }, async () => sleep(5000));

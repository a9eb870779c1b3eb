/** @jest-environment ./env-bare.js */
fixture('db', async function* () {
  yield 'db';
});
test('a fixture', ({ db, eventLoop }) => {
  setTimeout(() => {}, 1000);
  expect([db, eventLoop.pending.size]).toEqual(['db', 1]);
});

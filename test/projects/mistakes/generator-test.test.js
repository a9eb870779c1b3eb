fixture('db', 1);
test('an async generator', async function* ({ db }) {
  yield;
});

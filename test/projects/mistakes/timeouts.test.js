const forever = () => new Promise(() => {});
fixture('slow', { timeout: 20 }, forever);
fixture('slowDown', { timeout: 220 }, async function* () {
  yield;
  await forever();
});
fixture('db', 1);
test('set-up', ({ slow }) => {});
test('teardown', ({ slowDown }) => {});
test('test', ({ db }) => forever(), 20);
describe('hook', () => {
  beforeEach(({ db }) => forever(), 20);
  test('hook', () => {});
});
test('settled promises only', { timeout: 20 }, async () => {
  const start = performance.now();
  while (performance.now() - start < 60) await null;
});

/** @jest-environment jsdom */
test('runs as in Jest', () => {
  expect([typeof window, hooked, 'ours']).toEqual(['object', true, expect.toBeOurs()]);
});
test('done', done => {
  setTimeout(done, 1);
});
test('returns', async () => {});
test('a default', ({ a = 1 } = {}) => expect(a).toBe(1));
test.each([[1, 2]])('rows %i', (a, b) => expect([a, b]).toEqual([1, 2]));
test.each([[1], [2]])('rows with done %i', (a, done) => {
  setTimeout(done, 1);
});
test.each([{ a: 1 }])('objects', ({ a }) => expect(a).toBe(1));
test.each`
  a    | b
  ${1} | ${2}
`('templates $a', ({ a, b }) => expect([a, b]).toEqual([1, 2]));
test.each([[{ name: 'done' }]])('objects with a name', ({ name }) => expect(name).toBe('done'));
test.concurrent.each([[1]])('concurrent rows', async (a, { b } = { b: 2 }) => expect([a, b]).toEqual([1, 2]));
test.failing('failing', () => {
  throw new Error('expected');
});
test.skip('skipped', ({ db }) => {});
test.todo('todo');
describe.each([[1]])('block %i', a => {
  beforeEach(done => done());
  test('in it', function () {
    expect([a, this]).toEqual([1, expect.anything()]);
  });
});
test('a Loop of its own', async () => {
  const { Loop, sleep } = require('jest-loop');
  const loop = new Loop();
  const fired = await loop.runUntilComplete(async () => {
    const before = loop.pending.size;
    const id = setTimeout(() => {}, 10_000);
    const after = loop.pending.size;
    await sleep(1);
    return [typeof id, after - before];
  });
  expect(fired).toEqual(['number', 1]);
  await loop.close();
  expect(loop.pending.size).toBe(0);
});

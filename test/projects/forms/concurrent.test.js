const { log } = require('../log');

let count = 0;
let release;
const both = new Promise(resolve => (release = resolve));
fixture('own', async function* ({ shared }) {
  const id = ++count;
  yield id;
  log(`own of ${this === undefined ? '' : ''}down`);
});
fixture('shared', { scope: 'file' }, async function* () {
  log('shared up');
  await null;
  yield {};
  log('shared down');
});
let first;
test.concurrent('a set of its own', async ({ own, shared }) => {
  first = { own, shared };
  await both;
});
test.concurrent('while another runs', async ({ own, shared }) => {
  expect(own).not.toBe(first.own);
  expect(shared).toBe(first.shared);
  release();
});
test.concurrent
  .skip('skipped', async ({ unknown }) => {});
test.concurrent('an error of its own', async ({ own }) => {
  throw new Error('concurrent failure');
});
describe('nested', () => {
  test.concurrent('also here', async ({ own }) => expect(own).toEqual(expect.any(Number)));
  test('beside a plain one', ({ own }) => expect(own).toEqual(expect.any(Number)));
});

const v8 = require('node:v8');
const vm = require('node:vm');

v8.setFlagsFromString('--expose-gc');
const gc = vm.runInNewContext('gc');
const refs = [];
fixture('big', async function* () {
  const value = { big: new Array(1000).fill(0) };
  refs.push(new WeakRef(value));
  yield value;
});
fixture('block', { scope: 'describe' }, () => {
  const value = {};
  refs.push(new WeakRef(value));
  return value;
});
const collected = async () => {
  for (let i = 0; i < 20 && refs.some(ref => ref.deref()); i++) {
    await new Promise(resolve => setImmediate(resolve));
    gc();
  }
  return refs.map(ref => ref.deref() === undefined);
};
test('uses it', ({ big }) => expect(big.big).toHaveLength(1000));
describe('block', () => {
  test('uses one of a block', ({ block }) => expect(block).toEqual({}));
});
test('values of finished fixtures are released at once', async () => {
  expect(await collected()).toEqual([true, true]);
});

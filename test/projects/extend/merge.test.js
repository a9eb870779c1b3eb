const { mergeTests } = require('jest-loop');

const a = test.extend('cart', { scope: 'file', timeout: 50 }, () => []);
const b = test.extend('cart', () => []);
describe('what the last declares takes no options of the first', () => {
  mergeTests(a, b).each([['a'], ['b']])('%s', (item, { cart }) => {
    cart.push(item);
    expect(cart).toEqual([item]);
  });
});
describe('in an inner block, what the first declares takes none of the last', () => {
  a.override('cart', () => []);
  mergeTests(a, b).each([['a'], ['a, b']])('%s', (items, { cart }) => {
    cart.push(items.at(-1));
    expect(cart.join(', ')).toBe(items);
  });
});

const base = test.extend('log', { scope: 'file' }, () => []);
const inherits = base.extend('log', ({ log }) => log);
const narrow = base.extend('log', { scope: 'test' }, () => []);
describe('what the last inherits, it inherits in a merge', () => {
  mergeTests(narrow, inherits).each([['a'], ['a, b']])('%s', (items, { log }) => {
    log.push(items.at(-1));
    expect(log.join(', ')).toBe(items);
  });
});

describe('a hook of another test shares the instances of the test', () => {
  b.override('cart', { scope: 'describe' }, () => []);
  b.beforeEach(({ cart }) => cart.push('hook'));
  test.extend('cart', () => [])('that runs', ({ cart }) => expect(cart).toEqual(['hook']));
});

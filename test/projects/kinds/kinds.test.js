const { log } = require('../log');

fixture('value', 42);
fixture('object', { options: 'need three arguments' });
fixture('nothing', undefined);
fixture('klass', class Klass {});
fixture('fn', () => 'from a function');
fixture('asyncFn', async () => 'from an async function');
fixture('promise', () => Promise.resolve('from a promise'));
fixture('generator', function* () {
  log('generator up');
  yield Promise.resolve('from a generator');
  log('generator down');
});
fixture('asyncGenerator', async function* () {
  log('asyncGenerator up');
  yield 'from an async generator';
  await null;
  log('asyncGenerator down');
});
fixture('iterator', () => [1, 2][Symbol.iterator]());
fixture('madeGenerator', () =>
  (function* () {
    yield 1;
  })(),
);
fixture('first', 1)
  .fixture('second', ({ first }) => first + 1)
  .fixture('third', { auto: false }, async ({ second, first }) => second + first);

test('a value', ({ value, object, nothing, klass }) => {
  expect(value).toBe(42);
  expect(object).toEqual({ options: 'need three arguments' });
  expect(nothing).toBeUndefined();
  expect(new klass()).toBeInstanceOf(klass);
});
test('functions', ({ fn, asyncFn, promise }) => {
  expect([fn, asyncFn, promise]).toEqual(['from a function', 'from an async function', 'from a promise']);
});
test('generators', ({ generator, asyncGenerator }) => {
  log('body');
  expect([generator, asyncGenerator]).toEqual(['from a generator', 'from an async generator']);
});
test('an iterator that a plain function returns is its value', ({ iterator, madeGenerator }) => {
  expect(iterator.next()).toEqual({ value: 1, done: false });
  expect(madeGenerator.next()).toEqual({ value: 1, done: false });
});
test('a chain', ({ third }) => expect(third).toBe(3));
test('names: renamed, with a default, nested', ({
  value: renamed,
  unknown = 'default',
  object: { options },
}) => {
  expect([renamed, unknown, options]).toEqual([42, 'default', 'need three arguments']);
});
test('a default that is not needed', ({ value = 'default' }) => expect(value).toBe(42));
test('an empty pattern is not done', ({}) => {});
test('a default for the whole parameter', ({ value } = {}) => expect(value).toBe(42));

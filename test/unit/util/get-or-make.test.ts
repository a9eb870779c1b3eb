import { getOrMake } from '../../../src/util/get-or-make';

test('a value is made once', () => {
  const make = jest.fn(() => ({}));
  const map = new Map<string, object>();
  const made = getOrMake(map, 'a', make);
  expect(getOrMake(map, 'a', make)).toBe(made);
  expect(make).toHaveBeenCalledTimes(1);
});

test('a falsy value counts', () => {
  expect(getOrMake(new Map([['a', 0]]), 'a', () => 1)).toBe(0);
});

test('a WeakMap works, too', () => {
  const map = new WeakMap<object, number>();
  const key = {};
  expect(getOrMake(map, key, () => 1)).toBe(1);
  expect(map.get(key)).toBe(1);
});

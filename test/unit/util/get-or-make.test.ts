import { getOrMake } from '../../../src/util/get-or-make';

test('what is made once is found from then on', () => {
  const make = jest.fn(() => ({}));
  const map = new Map<string, object>();
  const made = getOrMake(map, 'a', make);
  expect(getOrMake(map, 'a', make)).toBe(made);
  expect(make).toHaveBeenCalledTimes(1);
});

test('a value that is false is a value', () => {
  expect(getOrMake(new Map([['a', 0]]), 'a', () => 1)).toBe(0);
});

test('a weak map will do', () => {
  const map = new WeakMap<object, number>();
  const key = {};
  expect(getOrMake(map, key, () => 1)).toBe(1);
  expect(map.get(key)).toBe(1);
});

import { show } from '../../../src/errors/show';

test.each<[unknown, string]>([
  [undefined, 'undefined'],
  [null, 'null'],
  ['5s', '"5s" (string)'],
  ['a "b"', '"a \\"b\\"" (string)'],
  [5, '5 (number)'],
  [Number.NaN, 'NaN (number)'],
  [1n, '1n (bigint)'],
  [true, 'true (boolean)'],
  [Symbol('s'), 'Symbol(s) (symbol)'],
  [[1, 'a'], "[ 1, 'a' ] (array)"],
  [{ a: { b: { c: 1 } } }, '{ a: { b: [Object] } } (object)'],
  [function named() {}, '[Function named] (function)'],
  [() => {}, '[Function anonymous] (function)'],
])('%p', (value, text) => {
  expect(show(value)).toBe(text);
});

test('a long text is cut, with its type after it', () => {
  const text = show('x'.repeat(500));
  expect(text).toMatch(/^"x+… \(string\)$/);
  expect(text.length).toBeLessThan(100);
  expect(show('x'.repeat(78))).toBe(`"${'x'.repeat(78)}" (string)`);
});

test('a circular value is shown', () => {
  const value: { self?: unknown } = {};
  value.self = value;
  expect(show(value)).toBe('<ref *1> { self: [Circular *1] } (object)');
});

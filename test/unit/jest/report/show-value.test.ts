import { show } from '../../../../src/jest/report/show-value';

test.each<[unknown, string]>([
  [undefined, 'undefined'],
  [null, 'null'],
  ['text', '"text"'],
  [5, '5'],
  [{ a: [1] }, 'Object {\n  "a": Array [\n    1,\n  ],\n}'],
  [() => {}, '[Function anonymous]'],
])('%p is shown as Jest does', (value, text) => {
  expect(show(value)).toBe(text);
});

test('deeply nested values are left out', () => {
  expect(show({ a: { b: { c: { d: 1 } } } })).toContain('[Object]');
});

fixture('greeting', 'hello');
describe.each`
  a
  ${1}
`('a row of names', ({ a }) => {
  test('is no fixture', () => expect(a).toBe(1));
});
describe.each([[{ a: 1 }]])('a row of objects', ({ a }) => {
  test('is no fixture either', () => expect(a).toBe(1));
});
describe.each([1])('d %i', (n, { greeting }) => {
  test('never', () => {});
});

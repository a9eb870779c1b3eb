fixture('db', 'db');

test.each([
  [1, 2],
  [3, 4],
])('array %i %i', async (a, b, { db }) =>
  expect([typeof a, typeof b, db]).toEqual(['number', 'number', 'db']),
);
test.each([1, 2])('scalar %i', (n, { db }) => expect([typeof n, db]).toEqual(['number', 'db']));
test.each([{ a: 1 }, { a: 2 }])('object $a', ({ a }, { db }) =>
  expect([typeof a, db]).toEqual(['number', 'db']),
);
test.each([{ a: 1, db: 2 }, { a: 2 }])('nor is what only some rows have $a', ({ a, db }) =>
  expect(db).toBe(a === 1 ? 2 : undefined),
);
test.each([{ a: 1, db: 2 }])('a row object alone is no fixture $a', ({ a, db }) =>
  expect([a, db]).toEqual([1, 2]),
);
test.each`
  a    | b    | sum
  ${1} | ${2} | ${3}
  ${2} | ${2} | ${4}
`('template $a + $b', ({ a, b, sum }, { db }) => {
  expect(a + b).toBe(sum);
  expect(db).toBe('db');
});
test.each([[1]])('done %i', (n, done) => setTimeout(done, 1) && undefined);
test.each([[1]])('plain %i', n => expect(n).toBe(1));
test.each([[1, 2]])('an unused value is no fixture %i', ({}) => {});
test.each([[]])('an empty row', ({ db }) => expect(db).toBe('db'));
test.failing.each([[1]])('failing %i', (n, { db }) => expect(db).toBe('other'));
test.concurrent.each([[1], [2]])('concurrent %i', async (n, { db }) => expect(db).toBe('db'));
test.skip.each([[1]])('skipped %i', (n, { unknown }) => {});
it.each([[1]])('it %i', (n, { db }) => expect(db).toBe('db'));
describe.each([['x'], ['y']])('describe %s', value => {
  fixture('own', { scope: 'describe' }, `own ${value}`);
  test('inside', ({ own, db }) => expect([own, db]).toEqual([`own ${value}`, 'db']));
  test.each([[1]])('each inside %i', (n, { own }) => expect(own).toBe(`own ${value}`));
});

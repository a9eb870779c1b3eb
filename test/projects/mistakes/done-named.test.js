// A parameter without braces is Jest's `done`, also under the name of a fixture.
fixture('db', { rows: [1] });
fixture('createUser', () => name => ({ name }));
fixture('done', 'no test means it');
test('an async test', async db => expect(db.rows).toEqual([1]), 20);
test('a test that throws', db => {
  expect(db.rows).toEqual([1]);
});
test('a test that does not', db => {}, 20);
test('a fixture that is a function', async createUser => {
  const user = await createUser('Ada');
  expect(user.name).toBe('Ada');
});
test.each([1])('of row %i', (_, db) => {
  expect(db.rows).toEqual([1]);
});
test('the true done', done => {
  done(new Error('not ready'));
});
test('done that passes', db => db());
test('no fixture', callback => {
  callback(new Error('not ready'));
});
describe('in hooks', () => {
  beforeEach(db => {
    db.rows.push(2);
  });
  test('of a test', () => {});
});
describe('in hooks of the block', () => {
  beforeAll(db => {
    db.rows.push(2);
  });
  test('of a block', () => {});
});

const loop = require('jest-loop');

loop.fixture('db', 'db');
loop.test('import from jest-loop', ({ db }) => loop.expect(db).toBe('db'));
loop.describe('its describe', () => {
  loop.beforeEach(({ db }) => loop.expect(db).toBe('db'));
  loop.it('its hooks', () => {});
});
test('all names', () => {
  for (const name of [
    'test',
    'it',
    'describe',
    'beforeAll',
    'beforeEach',
    'afterEach',
    'afterAll',
    'expect',
    'fixture',
    'mark',
  ]) {
    expect([name, loop[name]]).toEqual([name, globalThis[name]]);
  }
  expect(typeof loop.mergeTests).toBe('function');
  expect(loop.jest.fn()).toEqual(expect.any(Function));
});

fixture('db', 'db');

test('done', ({ db }, done) => setTimeout(done, 1));
test("Playwright's", async ({ db }, testInfo) => {});
test('a pattern', ({ db }, { signal }) => {});
test.each([[1, 2]])('after a row', (a, b, { db }, done) => done());
test.each([{ a: 1 }])('an object and done', ({ a }, done) => done(a === 1 ? undefined : 'no row'));
test('with a default', ({ db }, more = 1) => {});
describe('a hook', () => {
  beforeEach(({ db }, done) => done());
  test('of a test', () => {});
});
describe('another hook', () => {
  afterAll(({}, done) => done());
  test('of all', () => {});
});

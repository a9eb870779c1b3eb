fixture('database', 1);
fixture('user', ({ databse }) => databse);
test('of a test', ({ databasse }) => {});
test('of a fixture', ({ user }) => {});
test('with nothing near', ({ xyz }) => {});
describe('of hooks', () => {
  beforeEach(({ unknown }) => {});
  test('each', () => {});
});
describe('of beforeAll', () => {
  beforeAll(({ unknown }) => {});
  test('all', () => {});
});
describe('deeper', () => {
  fixture('inner', 1);
  test('uses it', ({ inner }) => {});
});
test('not visible here', ({ inner }) => {});
test('named by an option', { useFixtures: ['datbase'] }, () => {});
test('overridden', { overrides: { usr: 1 } }, () => {});
describe('override', () => {
  test.override('databasee', 2);
  test('of nothing', ({ databasee }) => {});
});
describe('is all that is reported', () => {
  let db;
  beforeEach(() => {
    db = { close() {} };
  });
  // Without its beforeEach hook this one would fail as well.
  afterEach(() => db.close());
  test('by a test alone', ({ databasse }) => {});
});

const {
  test: ownTest,
  it: ownIt,
  describe: ownDescribe,
  beforeEach: before,
  expect: check,
  fit: ownFit,
} = require('@jest/globals');

fixture('db', 'db');
ownTest('@jest/globals', ({ db }) => check(db).toBe('db'));
ownIt.each([[1]])('its each %i', (n, { db }) => check(db).toBe('db'));
ownDescribe('its describe', () => {
  before(({ db }) => check(db).toBe('db'));
  ownTest('its hooks', () => {});
});
ownTest('they are the globals', () => {
  check(ownTest).toBe(test);
  check(ownFit).toBe(fit);
});

const t = test.extend('db', 1);
fixture('pool', ({ db }) => db);
test('known to another test', ({ db }) => {});
test('through a fixture', ({ pool }) => {});
test('through an option', { overrides: { db: 2 } }, () => {});
describe('in a hook', () => {
  beforeEach(({ db }) => {});
  test('of this one', () => {});
  t('of that one', () => {});
});
describe('a', () => {
  fixture('inner', 1);
  fixture('wide', { scope: 'file' }, ({ inner }) => inner);
  test('wider than the block', ({ wide }) => {});
});
describe('b', () => {
  test('known to another block', ({ inner }) => {});
});

fixture('db', { scope: 'file' }, () => {
  throw new Error('refused');
});
describe('a block', () => {
  beforeAll(({ db }) => {});
  test('of a hook', () => {});
});
test('a later one', ({ db }) => {});

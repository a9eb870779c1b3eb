fixture('db', 1);
const _impl = async ({ db }) => {};
test('compiled away', function (_x) {
  return _impl.apply(this, arguments);
});
test('rest', ({ db, ...others }) => {});
test('computed', ({ [String('db')]: db }) => {});
beforeEach(function (_x) {
  return _impl.apply(this, arguments);
});
// biome-ignore lint/complexity/useArrowFunction: as TypeScript compiles it to ES5
test('to ES5', function (_a) {
  const db = _a.db;
});

const impl = async ({ db }) => {};
fixture('shell', function (_x) {
  return impl.apply(this, arguments);
});
test('never', () => {});

test('declares a fixture', () => {
  fixture('late', 1);
});
test('extends while running', () => {
  test.extend('late', 1);
});

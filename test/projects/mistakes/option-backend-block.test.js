describe('a block', { backend: [] }, () => {
  test('a test', () => {});
});

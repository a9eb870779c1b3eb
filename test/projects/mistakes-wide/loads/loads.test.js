test('a file that cannot be loaded outside', ({ window }) => {});

test('a plain test', () => {});

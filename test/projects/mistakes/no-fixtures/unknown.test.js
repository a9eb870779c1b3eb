test('x', ({ db }) => {});

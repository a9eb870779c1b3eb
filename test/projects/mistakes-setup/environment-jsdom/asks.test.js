test('asks', ({ db }) => {});

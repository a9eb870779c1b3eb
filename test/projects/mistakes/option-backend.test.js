test('a test', { backend: ['virtual', 7] }, () => {});

mark.backend({ name: 'virtual' });
test('a test', () => {});

fixture('inTest', { scope: 'worker' }, () => 1);
test('declared in a test file', ({ inTest }) => {});

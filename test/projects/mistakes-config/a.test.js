test('never', () => {});

test('asks', ({ pool }) => {});
test('does not', () => {});

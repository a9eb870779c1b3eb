fixture('a', { timeout: -1 }, () => {});
test('a', () => {});

test('a', { timeout: 0 }, () => {});

test('a', { timeout: '50' }, () => {});

test('t', { timeout: '100' }, () => {});

test('wrong', { timeout: -1 }, () => {});

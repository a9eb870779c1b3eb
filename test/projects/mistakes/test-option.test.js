test('typo', { timeot: 5 }, () => {});

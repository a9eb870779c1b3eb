fixture('own', { scope: 'worker' }, () => 1);
test('asks', ({ own }) => {});

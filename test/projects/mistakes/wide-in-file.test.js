fixture('pool', { scope: 'worker' }, () => 1);
test('never', () => {});

mark.loopScope('session');
test('a', () => {});

test('a session fixture that is no data', ({ pool }) => {});
test('the same once more', ({ pool }) => {});
test('requests nothing', () => {});

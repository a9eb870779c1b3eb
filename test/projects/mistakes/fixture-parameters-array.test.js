fixture('array', ([db]) => {});
test('never', () => {});

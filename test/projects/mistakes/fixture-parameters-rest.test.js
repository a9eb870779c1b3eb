fixture('rest', ({ db, ...others }) => {});
test('never', () => {});

fixture('db', 1);
fixture('port', 1);
test('one letter', ({ x }) => {});
test('two letters', ({ bd }) => {});

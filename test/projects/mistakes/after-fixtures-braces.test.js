fixture('db', 1);
fixture('greeting', 'hello');
test('two pairs of braces', ({ db }, { greeting }) => {});

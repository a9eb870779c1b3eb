fixture('options', {});
test('in a directory further down', ({ pool }) => {});
test('the same at run time', ({ server }) => {});
test('in the test file', ({ client }) => {});

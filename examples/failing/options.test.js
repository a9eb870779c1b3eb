// A test that cannot be declared fails its file, as in plain Jest.
test('an option that does not exist', { timeOut: 500 }, () => {});

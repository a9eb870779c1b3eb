// An invalid declaration fails the whole file, as in plain Jest.
test('an unknown option', { timeOut: 500 }, () => {});

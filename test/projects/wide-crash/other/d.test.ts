test('in the same directory', ({ breaksInOwn }) => {});

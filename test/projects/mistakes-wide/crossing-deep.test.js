test('a place inside of the value', ({ deep }) => {});
test('through a fixture of the worker', ({ needsDeep }) => {});
test('what would arrive empty', ({ settings }) => {});
test('more than can be sent', ({ large }) => {});

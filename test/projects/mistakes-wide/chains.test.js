test('a Loop that ends before it', ({ narrowLoop }) => {});
test('a directory fixture that needs one of a test', ({ directoryOnTest }) => {});
test('a session fixture that needs one of a worker', ({ sessionOnWorker }) => {});
test('an unknown name', ({ misspelt }) => {});
test('a cycle', ({ chicken }) => {});
test('a worker fixture that needs one of a file, which needs another', ({ workerOnFile }) => {});
test('the same at run time', ({ workerGetsFile }) => {});
test('a cycle of several scopes', ({ hen }) => {});

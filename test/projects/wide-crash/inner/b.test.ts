test('in the next file', ({ workerFails, sessionFails }) => {});
test('session in the next file', ({ sessionFails }) => {});
test('another directory', ({ ownFails }) => {});
test('cannot cross in the next file', ({ uncrossable }) => {});

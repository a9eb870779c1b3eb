test('session in the next file', ({ sessionWaits }) => {});
test('too late', ({ asksInTeardown }) => {});

test.skip(process.platform === 'none', 'not on this machine');
test('opens a socket', () => {});

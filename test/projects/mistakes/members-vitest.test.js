test.skipIf(process.platform === 'win32')('opens a socket', () => {});

fixture('window', { scope: 'directory' }, () => 1);
if (!Array.isArray(jest.fn().mock.calls)) throw new Error('no mocks here');

fixture('pool', { scope: 'session' }, () => ({ size: 2, connect() {} }));
fixture('narrow', { scope: 'file' }, () => 1);
fixture('wide', { scope: 'worker' }, ({ narrow }) => narrow);
fixture('elsewhere', { scope: 'worker', loopScope: 'session' }, async () => 1);

// Only where there is a test file: not when it is loaded outside of the tests.
if (typeof expect.getState().testPath === 'string') fixture('inside', { scope: 'worker' }, () => 1);

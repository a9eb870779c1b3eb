fixture('pool', { scope: 'session' }, () => ({ size: 2, connect() {} }));
fixture('narrow', { scope: 'file' }, () => 1);
fixture('wide', { scope: 'worker' }, ({ narrow }) => narrow);
fixture('elsewhere', { scope: 'worker', loopScope: 'session' }, async () => 1);

// Only where there is a test file: not when it is loaded outside the tests.
if (typeof expect.getState().testPath === 'string') fixture('inside', { scope: 'worker' }, () => 1);

fixture('narrowLoop', { scope: 'worker', loopScope: 'file' }, async () => 1);
fixture('ofTest', () => 1);
fixture('directoryOnTest', { scope: 'directory' }, ({ ofTest }) => ofTest);
fixture('ofWorker', { scope: 'worker' }, () => 1);
fixture('sessionOnWorker', { scope: 'session' }, ({ ofWorker }) => ofWorker);
fixture('misspelt', { scope: 'worker' }, ({ ofWorkr }) => ofWorkr);
fixture('chicken', { scope: 'session' }, ({ egg }) => egg);
fixture('egg', { scope: 'session' }, ({ chicken }) => chicken);
fixture('deep', { scope: 'session' }, () => ({
  pools: new Map([['main', { sockets: [1, Symbol('two')] }]]),
}));
fixture('settings', { scope: 'session' }, () => ({ base: new URL('http://localhost') }));
fixture('needsDeep', { scope: 'worker' }, ({ deep }) => deep);
fixture('large', { scope: 'session' }, () => Buffer.alloc(65 * 2 ** 20));
fixture('onlyInTests', { scope: 'worker' }, () => 1);
fixture('url', { scope: 'file' }, 'http://localhost');
fixture('user', { scope: 'file' }, ({ url }) => url);
fixture('workerOnFile', { scope: 'worker' }, ({ user }) => user);
fixture('workerGetsFile', { scope: 'worker' }, (_, request) => request.get('user'));
fixture('hen', { scope: 'worker' }, ({ nest }) => nest);
fixture('nest', { scope: 'file' }, ({ hen }) => hen);
class Client {
  ping() {}
}
fixture('client', { scope: 'session' }, () => new Client());

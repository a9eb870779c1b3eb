fixture('where', 'setup');
fixture('chain', ['setup']);
fixture('onlySetup', ({ where }) => `setup sees ${where}`);
fixture('options', { scope: 'file', auto: false }, 'setup');
fixture('list', { params: [1, 2] }, (_, { param }) => param);
globalThis.setupRan = true;

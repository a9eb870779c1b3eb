const { fixture } = require('jest-loop');
const ask = require('./ask');

// For the Loops of its scope and of narrower ones.
fixture('threadPoolSize', { scope: 'session' }, 1);
for (const scope of ['directory', 'worker', 'session'])
  fixture(`${scope}Asks`, { scope }, ({ eventLoop }) => ask(eventLoop));
fixture('sizes', { scope: 'worker' }, ({ threadPoolSize }) => threadPoolSize);

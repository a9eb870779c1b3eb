const { EventEmitter, once } = require('node:events');
const { Client, FixedClient } = require('../src/client');

const soon = fn => new Promise(resolve => setTimeout(() => resolve(fn()), 10));

test.each([
  ['broken', Client],
  ['fixed', FixedClient],
])('a %s client leaves no timer when it is closed', async (_, Kind) => {
  const line = new EventEmitter();
  const client = new Kind(() => {
    queueMicrotask(() => line.emit('dial'));
    return soon(() => ({ ping() {} }));
  });
  await client.connect();
  client.drop();
  await once(line, 'dial');
  await soon(() => client.close());
});

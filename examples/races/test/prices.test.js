const { EventEmitter } = require('node:events');
const { setTimeout: sleep } = require('node:timers/promises');
const { follow, fixedFollow } = require('../src/prices');

class Feed extends EventEmitter {
  open() {
    setTimeout(() => this.emit('price', 42), 10);
  }
}

async function loadSettings() {
  await new Promise(resolve => setTimeout(resolve, 10));
  return { currency: 'EUR' };
}

test.each([
  ['broken', follow],
  ['fixed', fixedFollow],
])('a %s listener sees the first price', async (_, start) => {
  const prices = await start(new Feed(), loadSettings);
  await sleep(50);
  expect(prices).toEqual(['42 EUR']);
});

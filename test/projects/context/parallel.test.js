/** @jest-loop {"setup": "parallel"} */
const { AsyncLocalStorage } = require('node:async_hooks');
const { log } = require('../log');

// Set up at once, fixtures do not see each other's values; what needs both sees both.
const [a, b, both] = [1, 2, 3].map(() => new AsyncLocalStorage());
const gate = () => {
  let open;
  const opened = new Promise(resolve => (open = resolve));
  return { open, opened };
};
const [aIn, bIn] = [gate(), gate()];
const now = () => `${a.getStore() ?? '-'} ${b.getStore() ?? '-'}`;

fixture('left', async function* () {
  a.enterWith('left');
  both.enterWith('left');
  aIn.open();
  await bIn.opened;
  log(`left: ${now()}`);
  yield;
  log(`left's teardown: ${now()} ${both.getStore()}`);
});
fixture('right', async function* () {
  await aIn.opened;
  b.enterWith('right');
  both.enterWith('right');
  bIn.open();
  await null;
  log(`right: ${now()}`);
  yield;
  log(`right's teardown: ${now()} ${both.getStore()}`);
});
fixture('top', async function* ({ left, right }) {
  log(`top: ${now()}`);
  yield;
  log(`top's teardown: ${now()}`);
});
test('sees both', ({ top }) => expect(now()).toBe('left right'));
test('not after it', () => expect(now()).toBe('- -'));

const { log } = require('../log');

const gate = () => {
  let open;
  const opened = new Promise(resolve => (open = resolve));
  return { open, opened };
};
// Each waits for the other: only at once can they come up, and go down.
const up = { a: gate(), b: gate() };
const down = { a: gate(), b: gate() };
const meeting = (name, other) =>
  async function* () {
    log(`${name} starts`);
    up[name].open();
    await up[other].opened;
    yield name;
    down[name].open();
    await down[other].opened;
    log(`${name} ends`);
  };
fixture('a', meeting('a', 'b'));
fixture('b', meeting('b', 'a'));
fixture('onA', async function* ({ a }) {
  log(`onA sees ${a}`);
  yield;
  log('onA ends first');
});
fixture('wide', { scope: 'file' }, async function* () {
  await null;
  log('wide is up before anything narrower starts');
  yield;
});
test('what does not depend on each other is set up and torn down at once', ({ a, b, onA, wide }) =>
  log('body'));

describe('when one fails', () => {
  const failed = gate();
  fixture('fails', async () => {
    await up.c.opened;
    throw new Error('one failed');
  });
  fixture('aborted', async (_, { signal, onCleanup }) => {
    onCleanup(() => log('cleaned'));
    up.c.open();
    await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  });
  fixture('comesUp', async function* (_, { signal }) {
    await new Promise(resolve => signal.addEventListener('abort', resolve));
    log('comes up all the same');
    yield;
    log('and goes down');
  });
  fixture('alsoFails', async (_, { signal }) => {
    await new Promise(resolve => signal.addEventListener('abort', resolve));
    throw new Error('an error of its own');
  });
  fixture('notStarted', ({ fails }) => log('must not run'));
  beforeAll(() => (up.c = gate()) && undefined);
  test('the others are aborted, and awaited', ({ fails, aborted, comesUp, alsoFails, notStarted }) =>
    log('must not run'));
});

describe('a wide one that was aborted', () => {
  let tries = 0;
  const started = gate();
  fixture('wideAborted', { scope: 'file' }, async (_, { signal }) => {
    tries++;
    started.open();
    if (tries === 1)
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    return `try ${tries}`;
  });
  fixture('wideFails', { scope: 'file' }, async () => {
    await started.opened;
    throw new Error('wide failed');
  });
  test('fails for another', ({ wideAborted, wideFails }) => {});
  test('is not remembered as failed', ({ wideAborted }) => expect(wideAborted).toBe('try 2'));
  test('the one that failed is', ({ wideFails }) => {});
});
test('for one test', { setup: 'sequential' }, ({ onA2, a2 }) => log('sequential'));
fixture('a2', async function* () {
  log('a2 up');
  yield;
  log('a2 down');
});
fixture('onA2', async function* () {
  log('onA2 up');
  yield;
  log('onA2 down');
});

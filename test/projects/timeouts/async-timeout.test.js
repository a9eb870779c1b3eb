const { log } = require('../log');

const forever = () => new Promise(() => {});
const ms = time => new Promise(resolve => setTimeout(resolve, time));

test('sets a limit', ({ asyncTimeout }) => {
  asyncTimeout.set(31);
  return forever();
});
test('restarts the clock from now', { timeout: 400 }, async ({ asyncTimeout }) => {
  for (let i = 0; i < 4; i++) {
    await ms(120);
    asyncTimeout.set(400);
  }
});
test('the last one counts', async ({ asyncTimeout }) => {
  asyncTimeout.set(5000);
  await ms(5);
  asyncTimeout.set(32);
  await ms(5);
  asyncTimeout.set(33);
  await forever();
});
test('switches it off', { timeout: 40 }, async ({ asyncTimeout }) => {
  asyncTimeout.set(Infinity);
  await ms(80);
});
test('beats the limit of the test', { timeout: 5000 }, async ({ asyncTimeout }) => {
  await ms(1);
  asyncTimeout.set(34);
  await forever();
});

fixture('setUp', async ({ asyncTimeout }) => {
  asyncTimeout.set(35);
  await forever();
});
test('of a set-up', ({ setUp }) => {});
fixture('remembered', async function* ({ asyncTimeout }) {
  asyncTimeout.set(5000);
  await ms(1);
  asyncTimeout.set(36);
  yield;
  await forever();
});
test('is remembered for the teardown', ({ remembered }) => {});
fixture('anew', async function* ({ asyncTimeout }) {
  asyncTimeout.set(5000);
  yield;
  asyncTimeout.set(37);
  await forever();
});
test('may be set again by the teardown', ({ anew }) => {});
fixture('fullTime', { timeout: 5000 }, async function* ({ asyncTimeout }) {
  asyncTimeout.set(700);
  await ms(400);
  yield;
  await ms(400);
  log('the teardown had all of what was set');
});
test('the teardown begins with all of it', ({ fullTime }) => {});
fixture('remembersForCleanup', async ({ asyncTimeout }, { onCleanup }) => {
  asyncTimeout.set(38);
  onCleanup(forever);
});
test('is remembered for a cleanup', ({ remembersForCleanup }) => {});

describe('is new for each function', () => {
  fixture('quick', async ({ asyncTimeout }) => {
    asyncTimeout.set(300);
    return asyncTimeout;
  });
  fixture('other', async ({ asyncTimeout, quick }) => {
    expect(asyncTimeout).not.toBe(quick);
    await ms(400);
  });
  beforeEach(async ({ asyncTimeout, quick }) => {
    expect(asyncTimeout).not.toBe(quick);
    asyncTimeout.set(301);
  });
  test('what a fixture sets is no limit of others', async ({ asyncTimeout, quick, other }) => {
    expect(asyncTimeout).not.toBe(quick);
    await ms(400);
  });
});
describe('hooks', () => {
  describe('beforeEach', () => {
    beforeEach(({ asyncTimeout }) => {
      asyncTimeout.set(41);
      return forever();
    });
    test('a', () => {});
  });
  describe('beforeAll', () => {
    beforeAll(({ asyncTimeout }) => {
      asyncTimeout.set(42);
      return forever();
    });
    test('a', () => {});
  });
});
describe('afterwards', () => {
  let kept;
  test('a function has it', ({ asyncTimeout }) => {
    kept = asyncTimeout;
  });
  test('that has ended has none', () => kept.set(10));
  describe('a hook', () => {
    let ofHook;
    beforeEach(({ asyncTimeout }) => {
      ofHook = asyncTimeout;
    });
    test('has none for the test', () => ofHook.set(10));
  });
  fixture('between', async function* ({ asyncTimeout }) {
    yield asyncTimeout;
    await forever();
  });
  test('a fixture remembers what was set since its set-up', ({ between }) => between.set(43));
});

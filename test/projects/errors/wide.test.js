const { kinds, later, wait } = require('./kinds');

describe('the set-up of a file-scoped fixture', () => {
  fixture('starting', { scope: 'file' }, async () => {
    kinds.timer('while it comes up');
    await wait();
  });
  test('belongs to the test that requested it first', ({ starting }) => {});
  test('and to no later one', ({ starting }) => wait());
});

describe('requested by beforeAll', () => {
  fixture('asked', { scope: 'file' }, async () => {
    kinds.timer('while it comes up for beforeAll');
    await wait();
    throw new Error('does not come up');
  });
  beforeAll(({ asked }) => {});
  test('belongs to the tests of the hook', () => {});
});

describe('after its set-up', () => {
  fixture('running', { scope: 'describe' }, async function* () {
    later(() => Promise.reject(new Error('while it runs')));
    yield;
    kinds.timer('while it goes down');
    await wait();
  });
  test('its requester is not blamed', ({ running }) => wait());
  test('nor this', () => wait());
});

describe('while two tests use it', () => {
  let started = 0;
  let thrown;
  const gate = new Promise(resolve => {
    thrown = resolve;
  });
  // None of the tests ends before it has happened.
  fixture('shared', { scope: 'describe' }, () => {
    const timer = setInterval(() => {
      if (started < 3) return;
      clearInterval(timer);
      thrown();
      throw new Error('of both');
    }, 2);
  });
  const body = async () => {
    started++;
    await gate;
    await wait();
  };
  test.concurrent.catchLoopExceptions('one', async ({ shared }) => body());
  test.concurrent.catchLoopExceptions('other', async ({ shared }) => body());
  test.concurrent.catchLoopExceptions('a third does not', () => body());
});

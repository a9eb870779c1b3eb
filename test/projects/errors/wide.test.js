const { kinds, later, wait } = require('./kinds');

describe('the set-up of a file-scoped fixture', () => {
  fixture('starting', { scope: 'file' }, async () => {
    kinds.timer('while it comes up');
    await wait();
  });
  test('belongs to the test that asked first', ({ starting }) => {});
  test('and to no later one', ({ starting }) => wait());
});

describe('asked for by beforeAll', () => {
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
  test('it is nobody else who is blamed', ({ running }) => wait());
  test('nor this', () => wait());
});

describe('while two tests use it', () => {
  let fail;
  fixture('shared', { scope: 'describe' }, () => {
    const timer = setInterval(() => {
      if (fail) {
        clearInterval(timer);
        throw new Error('of both');
      }
    }, 2);
  });
  test.concurrent.catchLoopExceptions('one', async ({ shared }) => {
    await wait(30);
    fail = true;
    await wait(30);
  });
  test.concurrent.catchLoopExceptions('other', async ({ shared }) => wait(60));
  test.concurrent.catchLoopExceptions('a third does not', () => wait(60));
});

const { AsyncLocalStorage } = require('node:async_hooks');
const { sleep } = require('jest-loop');
const { log } = require('../log');

const wait = (ms = 5) => new Promise(resolve => setTimeout(resolve, ms));

test('by default it only runs the body', async ({ aroundTest }) => {
  expect(await aroundTest(() => 'value')).toBe('value');
});

describe('a function', () => {
  fixture('aroundTest', () => async run => {
    log('before');
    await run();
    log('after');
  });
  beforeEach(() => log('beforeEach'));
  afterEach(() => log('afterEach'));
  test('goes around the body only', () => log('body'));
  test.each([1, 2])('of each test: %i', n => log(`body ${n}`));
  test('a failing body', () => {
    throw new Error('of the body');
  });
  test('with done', done => done());
});

describe('test.override', () => {
  test.override('aroundTest', () => run => run());
  test('a function that only runs it', () => log('overridden'));
});

describe('the function itself', () => {
  fixture('aroundTest', async run => {
    log('itself before');
    await run();
  });
  test('in a block', () => log('body'));
  test('in overrides', { overrides: { aroundTest: run => run() } }, () => log('body within overrides'));
  describe('test.override', () => {
    test.override('aroundTest', (run, { name }) => {
      log(`around ${name}`);
      return run();
    });
    test('in an override', () => log('body'));
  });
  describe('that looks like one', () => {
    fixture('aroundTest', _ => async run => {
      log('_ => run =>');
      await run();
    });
    test('is taken for what it is', () => log('body'));
  });
});

describe('extend', () => {
  const extended = test.extend('aroundTest', () => async run => {
    log('extended before');
    await run();
    log('extended after');
  });
  extended('for its tests', () => log('extended body'));
  test('for no other', () => log('other body'));
});

test(
  'overrides',
  {
    overrides: {
      aroundTest: () => async run => {
        log('option before');
        await run();
      },
    },
  },
  () => log('option body'),
);

describe('with fixtures, and what was there', () => {
  fixture('db', () => 'db');
  fixture('aroundTest', ({ db, aroundTest }) => async run => {
    log(`with ${db}`);
    await aroundTest(run);
    log('done');
  });
  test('both', () => log('body'));
});

describe('a generator', () => {
  fixture('aroundTest', async function* () {
    log('up');
    yield async run => {
      log('around');
      await run();
    };
    log('down');
  });
  test('has a life of its own', () => log('body'));
});

describe('file scope', () => {
  let made = 0;
  fixture('aroundTest', { scope: 'file' }, () => {
    made++;
    return run => run();
  });
  test('first', () => {});
  test('made once', () => expect(made).toBe(1));
});

describe('receives the test', () => {
  fixture('aroundTest', () => async (run, test) => {
    log(`${test.name} #${test.attempt}`);
    await run();
  });
  test('its name', () => {});
});

describe('runs the body', () => {
  const storage = new AsyncLocalStorage();
  fixture('aroundTest', () => run => storage.run('inside', run));
  test('in its context', async () => {
    await wait();
    expect(storage.getStore()).toBe('inside');
  });
  test.concurrent('also concurrent ones', async () => expect(storage.getStore()).toBe('inside'));
});

describe('that swallows the failure', () => {
  fixture('aroundTest', () => async run => {
    await run().catch(error => log(`swallowed ${error.message}`));
  });
  test('does not make it pass', () => {
    throw new Error('of the body');
  });
});

describe('that does not wait', () => {
  fixture('aroundTest', () => run => void run());
  test('is waited for', async () => {
    await wait();
    throw new Error('after all');
  });
});

describe('that does not run it', () => {
  fixture('aroundTest', () => async () => {});
  test('fails', () => log('never'));
});

describe('that throws', () => {
  fixture('aroundTest', () => async run => {
    await run();
    throw new Error('after the body');
  });
  test('fails the test', () => {});
  test("the body's own error is there", () => {
    throw new Error('of the body');
  });
  describe('whatever happened', () => {
    fixture(
      'aroundTest',
      () => run =>
        run().finally(() => {
          throw new Error('of finally');
        }),
    );
    test("the body's own is the first", () => {
      throw new Error('of the body');
    });
  });
  test.failing('is no expected failure', () => {});
});
describe('that throws before', () => {
  fixture('aroundTest', () => () => {
    throw new Error('before the body');
  });
  test('fails the test', () => log('never'));
  test.failing('is no expected failure', () => log('never'));
});

describe('calls twice', () => {
  fixture('aroundTest', () => async run => {
    await run();
    await run();
  });
  test('is a mistake, and the body runs once', () => log('once'));
  test('is reported after the failure of the body', () => {
    throw new Error('of the body');
  });
  describe('and swallows that', () => {
    fixture('aroundTest', () => async run => {
      await Promise.all([run(), run()]).catch(() => {});
    });
    test('is a mistake', () => {});
  });
});
describe('calls too late', () => {
  fixture('aroundTest', () => run => void setTimeout(run, 5));
  test('fails', () => log('never'));
  test('whose body does not run while another test does', { overrides: { aroundTest: run => run() } }, () =>
    wait(20),
  );
});

describe('takes too long', () => {
  fixture('aroundTest', () => async run => {
    await run();
    await wait(5000);
  });
  test('counts for the limit of the test', { timeout: 30 }, () => {});
});
describe('a body that takes too long', () => {
  fixture('aroundTest', () => async run => {
    try {
      await run();
    } finally {
      log('finally');
    }
  });
  test('is ended', { timeout: 30 }, () => sleep(5000));
});

describe('a body that is given up', () => {
  fixture('aroundTest', () => async (run, { name }) => {
    log(`begin ${name}`);
    try {
      await run();
    } catch (error) {
      log(`${name}: ${error.message.split(':')[0]}`);
      throw error;
    } finally {
      await wait(10);
      log(`rollback ${name}`);
    }
  });
  const never = () => new Promise(() => {});
  test('hangs', { timeout: 30 }, never);
  test('never calls done', done => void done.name, 30);
  test.each([1])('row %i', never, 30);
  test.concurrent('concurrent', never, 30);
  describe('with hooks', () => {
    beforeEach(() => {});
    afterEach(() => log('afterEach'));
    test('hangs as well', { timeout: 30 }, never);
  });
  describe('that fails later', () => {
    let fail;
    const later = () => new Promise((_, reject) => (fail = reject));
    test('is reported', { timeout: 30 }, later);
    test('by another test', { overrides: { aroundTest: run => run() } }, () => fail(new Error('much later')));
  });
  test('ends in its grace period', { timeout: 30 }, ({ request: { signal } }) => {
    return new Promise((_, reject) =>
      signal.addEventListener('abort', () => reject(new Error('of the body'))),
    );
  });
  describe('within code that hangs', () => {
    fixture('aroundTest', () => async run => {
      await run().finally(never);
    });
    test('is given up with it', { timeout: 30 }, never);
  });
  describe('within code that is slow to begin', () => {
    fixture('aroundTest', () => async run => {
      await wait(60).catch(() => {});
      await run();
    });
    test('does not begin', { timeout: 30 }, () => log('never'));
  });
});

describe('is no function', () => {
  fixture('aroundTest', 5);
  test('is a mistake', () => {});
});

describe('enters a Loop', () => {
  const { getRunningLoop, Loop } = require('jest-loop');
  fixture('aroundTest', () => async run => {
    const loop = new Loop({ name: 'mine' });
    try {
      await loop.run(run);
    } finally {
      await loop.close();
    }
  });
  test('that the body runs in', async () => {
    await wait(1);
    expect(getRunningLoop().name).toBe('mine');
  });
});

const { getRunningLoop, Loop } = require('jest-loop');
const { EventEmitter } = require('node:events');
const { log } = require('../log');
const { kinds, later, wait } = require('../errors/kinds');

test.catchLoopExceptions.each(Object.keys(kinds))('an exception of its Loop: %s', async kind => {
  kinds[kind]();
  await wait();
});
test.catchLoopExceptions('of a task', async () => {
  getRunningLoop().createTask(() => Promise.reject(new Error('task')));
  await wait();
});
test.catchLoopExceptions('its own first, then each with its origin', async ({ db }) => {
  kinds.timer('timer');
  await wait();
  throw new Error('own');
});
fixture('db', async function* () {
  kinds.timer('set-up');
  await wait();
  yield;
  kinds.timer('teardown');
  await wait();
});

describe('after the body returned, before its Loop closed', () => {
  test.catchLoopExceptions('rejection', () => kinds.rejection());
  test.catchLoopExceptions('immediate', () => kinds.immediate());
  test.catchLoopExceptions('tick', () => kinds.tick());
  test.catchLoopExceptions('microtask', () => kinds.microtask());
  test.catchLoopExceptions('while a fixture goes down', async ({ slow }) => later(kinds.rejection));
  fixture('slow', async function* () {
    yield;
    await wait();
  });
});

describe('a file-scoped fixture', () => {
  fixture('server', { scope: 'file' }, () => {
    const server = new EventEmitter();
    server.later = () => {};
    const timer = setInterval(() => server.emit('tick'), 2);
    server.on('stop', () => clearInterval(timer));
    server.on('tick', () => {
      const { failing } = server;
      server.failing = undefined;
      if (failing) throw new Error(failing);
    });
    return server;
  });
  test.catchLoopExceptions('fails the test that uses it', async ({ server }) => {
    server.failing = 'of the server';
    await wait();
  });
  test.catchLoopExceptions('fails none that does not', () => wait());
  test('without the marker it fails the file', async ({ server }) => {
    server.failing = 'of the server, without the marker';
    await wait();
  });
  test.catchLoopExceptions(false)('false collects it', async ({ server, loopExceptions }) => {
    server.failing = 'collected';
    await wait();
    expect(loopExceptions).toEqual([new Error('collected')]);
    server.emit('stop');
  });
});

describe('catchLoopExceptions(false)', () => {
  mark.catchLoopExceptions(false);
  test.each(Object.keys(kinds).filter(kind => kind !== 'emitter'))(
    'collects: %s',
    async (kind, { loopExceptions }) => {
      expect(loopExceptions).toEqual([]);
      kinds[kind]();
      await wait();
      expect(loopExceptions).toEqual([new Error(kind)]);
    },
  );
  test('of fixtures as well', async ({ db, loopExceptions }) => {
    expect(loopExceptions.map(String)).toEqual(['Error: set-up']);
  });
  afterEach(({ loopExceptions }) => log(`${expect.getState().currentTestName}: ${loopExceptions.join()}`));
  test('a failure of its own is one all the same', () => {
    throw new Error('own');
  });
  test('can be taken back', { catchLoopExceptions: true }, async () => {
    kinds.timer();
    await wait();
  });
});

describe('as an option of describe', { catchLoopExceptions: false }, () => {
  test('collects', async ({ loopExceptions }) => {
    kinds.timer();
    await wait();
    expect(loopExceptions).toHaveLength(1);
  });
});

describe('an exception handler', () => {
  fixture('handled', () => {
    const handled = [];
    getRunningLoop().setExceptionHandler((loop, context) => {
      handled.push(context);
    });
    return handled;
  });
  test.each(Object.keys(kinds))('of a fixture takes over: %s', async (kind, { handled }) => {
    kinds[kind]();
    await wait();
    expect(handled).toHaveLength(1);
    expect(handled[0].exception.message).toMatch(kind);
    expect(typeof handled[0].message).toBe('string');
  });
  test('of the test itself, with task and handle', async ({ eventLoop }) => {
    const handled = [];
    eventLoop.setExceptionHandler((loop, context) => void handled.push({ loop, ...context }));
    const task = eventLoop.createTask(() => Promise.reject(new Error('task')), { name: 'job' });
    await wait();
    const handle = setTimeout(() => {
      throw new Error('timer');
    }, 1);
    await wait();
    expect(handled.map(({ exception }) => exception.message)).toEqual(['task', 'timer']);
    expect(handled[0].task === task).toBe(true);
    expect(handled[1].handle).toBe(handle);
    expect(handled[0].loop).toBe(eventLoop);
  });
  test('wins over the marker', { catchLoopExceptions: true }, async ({ handled }) => {
    kinds.timer();
    await wait();
    expect(handled).toHaveLength(1);
  });
  test('that throws loses nothing', async ({ eventLoop }) => {
    eventLoop.setExceptionHandler(() => {
      throw new Error('of the handler');
    });
    kinds.timer('handled badly');
    await wait();
  });
  test('taken back', async ({ eventLoop, handled }) => {
    eventLoop.setExceptionHandler(undefined);
    kinds.timer('not handled');
    await wait();
  });
  test('callExceptionHandler takes an exception, or only a warning', async ({ eventLoop }) => {
    eventLoop.callExceptionHandler({ message: 'only a warning' });
    eventLoop.callExceptionHandler({ message: 'reported', exception: new Error('reported') });
  });
});

describe('an exception handler', () => {
  const { sleep } = require('jest-loop');
  const fail = message => {
    throw new Error(message);
  };
  test('that rejects', async ({ eventLoop }) => {
    eventLoop.setExceptionHandler(async () => fail('of the handler'));
    setTimeout(() => fail('reported to it'), 1);
    await sleep(20);
  });
  test('that starts what rejects', async ({ eventLoop }) => {
    eventLoop.setExceptionHandler(() => void Promise.reject(new Error('of the handler')));
    setTimeout(() => fail('handled'), 1);
    await sleep(20);
  });
});

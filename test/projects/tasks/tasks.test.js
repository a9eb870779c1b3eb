const { sleep } = require('jest-loop');
const { log } = require('../log');

const forever = name => async signal => {
  signal.addEventListener('abort', () => log(`${name} aborted`));
  try {
    await sleep(10_000);
  } finally {
    log(`${name} ended`);
  }
};

describe('start', () => {
  test('gives a task', async ({ tasks }) => {
    const task = tasks.start(async () => 'value', { name: 'job' });
    expect(task.name).toBe('job');
    expect(await task).toBe('value');
  });
  test('that is cancelled after the test', ({ tasks }) => {
    tasks.start(forever('background'));
  });
  test('and does not hold it up', ({ tasks }) => {
    tasks.start(async () => {
      await sleep(10_000);
    });
  });
});

describe('ready', () => {
  test('waits for its value', async ({ tasks }) => {
    const port = await tasks.ready(async (ready, signal) => {
      await sleep(5);
      ready(8080);
      await forever('listener')(signal);
    });
    expect(port).toBe(8080);
  });
  test('rejects where it ends before', async ({ tasks }) => {
    await expect(tasks.ready(async function listener() {})).rejects.toMatchObject({
      code: 'ERR_LOOP_DONE',
      message: expect.stringContaining('Task "listener" ended before it was ready.'),
    });
  });
  test('rejects where it fails before', async ({ tasks }) => {
    await tasks.ready(() => Promise.reject(new Error('not ready')));
  });
});

describe('each requester has its own, which ends after its teardown', () => {
  fixture('outer', async function* ({ tasks }) {
    tasks.start(forever('tasks of outer'));
    await sleep(1);
    yield tasks;
    log('outer down');
  });
  fixture('inner', async function* ({ outer, tasks }) {
    expect(tasks).not.toBe(outer);
    tasks.start(forever('tasks of inner'));
    await sleep(1);
    yield tasks;
    log('inner down');
  });
  afterEach(() => log('afterEach'));
  test('in this order', async ({ inner, outer, tasks }) => {
    expect(new Set([inner, outer, tasks]).size).toBe(3);
    tasks.start(forever('tasks of the test'));
    await sleep(1);
    log('body ends');
  });
});

describe('a task that fails', () => {
  const failing = async () => {
    await sleep(5);
    throw new Error('task failed');
  };
  test('ends the test', async ({ tasks }) => {
    tasks.start(failing);
    try {
      await sleep(10_000);
    } finally {
      log('the test cleans up');
    }
  });
  test('with its error, though it waits for nothing of the Loop', async ({ tasks, request }) => {
    tasks.start(failing);
    await new Promise(resolve => request.signal.addEventListener('abort', resolve));
    log('the signal aborted');
  });
  test('after the body', async ({ tasks }) => {
    tasks.start(failing);
    await new Promise(resolve => setTimeout(resolve, 300));
  });
  test('at once', ({ tasks }) => {
    tasks.start(() => {
      throw new Error('at once');
    });
  });
  test('fails it though it is awaited', async ({ tasks }) => {
    await tasks.start(failing).catch(() => {});
  });
  test('its error is reported once', async ({ tasks }) => {
    await tasks.start(failing);
  });
  test('when it is cancelled', async ({ tasks }) => {
    tasks.start(async () => {
      try {
        await sleep(10_000);
      } finally {
        // biome-ignore lint/correctness/noUnsafeFinally: that is what is tried
        throw new Error('on its way out');
      }
    });
    await sleep(1);
  });

  fixture('bad', async function* ({ tasks }) {
    tasks.start(failing);
    yield 'up';
    log('bad down');
  });
  fixture('good', async function* ({ bad }) {
    yield 'good';
    log('good down, not cancelled');
  });
  test('of a fixture ends the test, and fixtures go down as ever', async ({ good }) => {
    await sleep(10_000);
  });
  fixture('slow', async ({ tasks }) => {
    tasks.start(failing);
    await sleep(10_000);
  });
  test('in the set-up', ({ slow }) => log('never'));
  fixture('down', async function* ({ tasks }) {
    yield;
    tasks.start(failing);
    await sleep(300);
    log('teardown went on');
  });
  test('in the teardown', ({ down }) => {});
});

describe('of a wide fixture', () => {
  let fail;
  fixture('server', { scope: 'file' }, async function* ({ tasks }) {
    tasks.start(
      () =>
        new Promise((_, reject) => {
          fail = reject;
        }),
      { name: 'server' },
    );
    tasks.start(forever('server'));
    await sleep(1);
    yield 'server';
    log('server down');
  });
  test('runs on', async ({ server }) => {});
  test('its failure ends the test that uses it', async ({ server }) => {
    setTimeout(() => fail(new Error('server died')), 5);
    await sleep(10_000);
  });
  test('and no other', async () => sleep(10));
});

describe('hooks', () => {
  beforeEach(async ({ tasks }) => {
    tasks.start(forever('tasks of the hook'));
    await sleep(1);
  });
  test('share those of the test', () => log('body'));
  describe('beforeAll', () => {
    beforeAll(async ({ tasks }) => {
      tasks.start(forever('tasks of beforeAll'));
      await sleep(1);
    });
    test('have their own until the end of the block', () => log('body'));
  });
});

let kept;
test('kept', ({ tasks }) => void (kept = tasks));
test('cannot start when it has ended', () => {
  expect(() => kept.start(() => {})).toThrow(expect.objectContaining({ code: 'ERR_LOOP_CLOSED' }));
});

test('mistakes are errors of the test', async ({ tasks, eventLoop }) => {
  const calls = {
    start: () => tasks.start(5),
    ready: () => tasks.ready(undefined),
    callExceptionHandler: () => eventLoop.callExceptionHandler(5),
    setExceptionHandler: () => eventLoop.setExceptionHandler(5),
    createTask: () => eventLoop.createTask(5),
    callLater: () => eventLoop.callLater(-1, () => {}),
    sleep: () => eventLoop.sleep('long'),
    run: () => eventLoop.run(5),
    track: () => eventLoop.track(5),
    future: () => {
      const future = eventLoop.createFuture();
      future.setResult(1);
      future.setResult(2);
    },
  };
  for (const [name, call] of Object.entries(calls)) {
    let error;
    try {
      await call();
    } catch (thrown) {
      error = thrown;
    }
    expect([name, error instanceof Error, error?.code]).toEqual([
      name,
      true,
      expect.stringMatching(/^ERR_LOOP_/),
    ]);
  }
});

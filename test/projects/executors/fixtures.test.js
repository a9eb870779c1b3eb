const thread = () => require('node:worker_threads').threadId;
const pid = () => process.pid;
const several = loop =>
  Promise.all([1, 2, 3].map(() => loop.runInExecutor(() => require('node:worker_threads').threadId)));

class Own {
  static closed = 0;
  constructor(size) {
    this.size = size;
  }
  async run(_work, args) {
    return ['own', this.size, ...args];
  }
  async close() {
    Own.closed++;
  }
}

test('threads, four unless said otherwise', async ({ threadPoolSize, threadPoolExecutor, eventLoop }) => {
  expect(threadPoolSize).toBe(4);
  const there = await threadPoolExecutor.run(thread, []);
  expect(there).not.toBe(thread());
  expect(await eventLoop.runInExecutor(thread)).toEqual(expect.any(Number));
});

test('processes', async ({ processPoolExecutor, eventLoop }) => {
  expect(await processPoolExecutor.run(pid, [])).not.toBe(process.pid);
  expect(await eventLoop.runInExecutor(pid)).not.toBe(process.pid);
});

test.each(['threadPoolExecutor', 'processPoolExecutor'])(
  'errors of %s are those of this realm',
  async (name, { request }) => {
    const executor = await request.get(name);
    const failed = executor.run(() => null.x, []);
    expect(failed).toBeInstanceOf(Promise);
    expect(await failed.catch(error => error)).toBeInstanceOf(TypeError);
    expect(await executor.run('./relative.js', []).catch(error => error)).toBeInstanceOf(Error);
  },
);

test('another test has threads again', async ({ eventLoop }) => {
  expect(await eventLoop.runInExecutor(pid)).toBe(process.pid);
});

describe('a size', () => {
  test.override('threadPoolSize', () => 1);
  test('sizes the pool', async ({ eventLoop, threadPoolSize }) => {
    expect(threadPoolSize).toBe(1);
    const [first, ...others] = await several(eventLoop);
    expect(others).toEqual([first, first]);
  });
});

describe('a class', () => {
  test.override('threadPoolExecutor', () => Own);
  fixture('threadPoolSize', 7);
  test('is called with the size', async ({ eventLoop }) => {
    expect(await eventLoop.runInExecutor(pid, 1)).toEqual(['own', 7, 1]);
    expect(Own.closed).toBe(0);
  });
  test('the Loop closes it', () => expect(Own.closed).toBe(1));
});

describe('an instance', () => {
  const own = new Own('instance');
  fixture('processPoolExecutor', { scope: 'file' }, () => own);
  test('is used as it is', async ({ eventLoop, processPoolExecutor }) => {
    expect(await eventLoop.runInExecutor(pid)).toEqual(['own', 'instance']);
    expect(processPoolExecutor).toBe(own);
  });
  test('and not closed', () => expect(Own.closed).toBe(1));
});

describe('a mistake', () => {
  test.override('threadPoolExecutor', () => 'threads');
  test('names the fixture', ({ eventLoop }) => eventLoop.runInExecutor(pid));
});

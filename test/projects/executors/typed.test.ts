import { type Executor, expect, test } from 'jest-loop';

const pid = () => process.pid;

/** An executor of the user: says what it was made with, and counts how many of its kind were closed. */
class Counted implements Executor {
  static closed = 0;

  constructor(readonly size: number | string) {}
  async run(_work: unknown, args: readonly unknown[]): Promise<unknown> {
    return ['counted', this.size, ...args];
  }
  async close(): Promise<void> {
    Counted.closed++;
  }
}

describe('a class of processes', () => {
  test.override('threadPoolSize', 3);
  test.override('processPoolExecutor', () => Counted);
  test('is called with the size, and is the default of the Loop', async ({ eventLoop }) => {
    expect(await eventLoop.runInExecutor(pid, 'x')).toEqual(['counted', 3, 'x']);
  });
});
test('which the Loop closes; others keep their threads', async ({ eventLoop }) => {
  expect(Counted.closed).toBe(1);
  expect(await eventLoop.runInExecutor(pid)).toBe(process.pid);
});

describe('an instance for threads', () => {
  const own = new Counted('own');
  test.override('threadPoolExecutor', () => own);
  for (const name of ['one', 'another'])
    test(`serves ${name} test`, async ({ eventLoop, threadPoolExecutor }) => {
      expect(await eventLoop.runInExecutor(pid)).toEqual(['counted', 'own']);
      expect(threadPoolExecutor).toBe(own);
      expect(Counted.closed).toBe(1);
    });
  test('per test', { overrides: { threadPoolExecutor: new Counted('test') } }, async ({ eventLoop }) => {
    expect(await eventLoop.runInExecutor(pid)).toEqual(['counted', 'test']);
  });
});

const sized = test.extend('threadPoolSize', { params: [1, 2] }, (_, { param }) => param as number);
sized('a parametrised size', async ({ eventLoop, threadPoolSize }) => {
  const work = () => new Promise(resolve => setTimeout(resolve, 20, require('node:worker_threads').threadId));
  const threads = await Promise.all([1, 2, 3].map(() => eventLoop.runInExecutor(work)));
  expect(new Set(threads).size).toBe(threadPoolSize);
});
test('our own, by hand', async ({ threadPoolExecutor, processPoolExecutor }) => {
  const [thread, other] = [await threadPoolExecutor.run(pid, []), await processPoolExecutor.run(pid, [])];
  expect([thread, other === process.pid]).toEqual([process.pid, false]);
});

import * as path from 'node:path';
import { runInNewContext } from 'node:vm';
import type { Executor, Loop } from '../../../../src/loop';
import { remakeError, remoteProblem } from '../../../../src/loop/executor/executor';
import { processState } from '../../../../src/process/process-state';
import { newLoop, rejection, turn } from '../support';

/** An executor that records its calls. */
class Fake implements Executor {
  readonly calls: unknown[][] = [];
  closed = 0;
  signal: AbortSignal | undefined;

  constructor(readonly answer: () => Promise<unknown> = async () => 'value') {}

  run(work: unknown, args: readonly unknown[], signal?: AbortSignal): Promise<unknown> {
    this.calls.push([work, args]);
    this.signal = signal;
    return this.answer();
  }

  async close(): Promise<void> {
    this.closed++;
  }
}

let loop: Loop;
beforeEach(() => {
  loop = newLoop();
});

test('runs work with its arguments in the default executor', async () => {
  const fake = new Fake();
  loop.setDefaultExecutor(fake);
  const work = (a: number, b: number) => a + b;
  expect(await loop.runInExecutor(work, 1, 2)).toBe('value');
  expect(fake.calls).toEqual([[work, [1, 2]]]);
  await loop.close();
  expect(fake.closed).toBe(1);
});

test('uses threads until another is set, from the first work on', async () => {
  const { makePool } = processState;
  const fake = new Fake();
  const make = jest.fn(() => fake);
  processState.makePool = make;
  try {
    expect(await loop.runInExecutor(() => 1)).toBe('value');
    await loop.runInExecutor(() => 2);
    expect(make.mock.calls).toEqual([[{ kind: 'thread', size: 4 }]]);
    await newLoop().close();
    expect(make).toHaveBeenCalledTimes(1);
  } finally {
    processState.makePool = makePool;
  }
});

test('resolves a relative path against the calling file, and leaves the rest to the executor', async () => {
  const fake = new Fake();
  loop.setDefaultExecutor(fake);
  const works = ['./work.js', '../work.js', '/abs/work.js', 'package', 'file:///abs/work.js'];
  for (const work of works) await loop.runInExecutor(work);
  expect(fake.calls.map(([work]) => work)).toEqual([
    path.join(__dirname, 'work.js'),
    path.join(__dirname, '../work.js'),
    '/abs/work.js',
    'package',
    'file:///abs/work.js',
  ]);
});

test('cancelling the waiting code ends the work', async () => {
  const fake = new Fake(() => new Promise(() => {}));
  loop.setDefaultExecutor(fake);
  const task = loop.createTask(async () => loop.runInExecutor(() => 1));
  await turn();
  expect([...loop.pending].map(item => item.describe())).toContain('runInExecutor()');
  task.cancel();
  expect(await rejection(task)).toMatchObject({ name: 'CancelledError' });
  expect(fake.signal!.aborted).toBe(true);
});

test('an error of another realm becomes one of this realm', async () => {
  const OtherError = runInNewContext('Error') as ErrorConstructor;
  const problem = remoteProblem({ code: 'ERR_EXECUTOR', message: 'from elsewhere' });
  const foreign = remakeError(problem, OtherError);
  expect(foreign).not.toBeInstanceOf(Error);
  loop.setDefaultExecutor(new Fake(() => Promise.reject(foreign)));
  const error = await rejection(loop.runInExecutor(() => 1));
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ message: 'from elsewhere', code: 'ERR_EXECUTOR' });
  const own = new Error('own');
  loop.setDefaultExecutor(new Fake(() => Promise.reject(own)));
  expect(await rejection(loop.runInExecutor(() => 1))).toBe(own);
});

test('an executor that throws synchronously fails', async () => {
  const broken = new Fake(() => {
    throw new Error('broken');
  });
  loop.setDefaultExecutor(broken);
  await expect(loop.runInExecutor(() => 1)).rejects.toThrow('broken');
  expect(loop.pending.size).toBe(0);
});

test('anything but an executor is refused', () => {
  for (const not of [undefined, {}, { run() {} }, 5])
    expect(() => loop.setDefaultExecutor(not as never)).toThrow(
      'loop.setDefaultExecutor() expects an executor: { run, close }',
    );
});

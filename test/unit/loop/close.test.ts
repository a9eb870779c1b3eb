import { CancelledError, type Loop, sleep } from '../../../src/loop';
import { runIn, Step } from '../../../src/loop/steps/step';
import { forever, newLoop, Recorder, rejection, turn, until, wait } from './support';

let loop: Loop;
let log: string[];
beforeEach(() => {
  loop = newLoop({ name: 'main' });
  log = [];
});

const executor = (close: () => unknown) => ({
  run: async () => undefined,
  close: async () => void (await close()),
});

test('cancels tasks and waits for them, finishes generators, drops timers, shuts executors down, in this order', async () => {
  loop.createTask(async () => {
    try {
      await sleep(10_000);
    } catch (error) {
      log.push((error as Error).message);
      throw error;
    } finally {
      await sleep(2);
      log.push('task cleaned up');
    }
  });
  const generator = loop.track(
    (async function* () {
      try {
        yield 1;
      } finally {
        await sleep(2);
        log.push('generator finished');
      }
    })(),
  );
  await generator.next();
  loop.run(() => setTimeout(() => log.push('timer'), 1000));
  loop.setDefaultExecutor(
    executor(() => log.push(`executor closed, ${loop.pending.size} pending, closed: ${loop.closed}`)),
  );
  await turn();
  expect(loop.closed).toBe(false);
  await loop.close();
  expect(log).toEqual([
    'Cancelled: Loop "main" is closing',
    'task cleaned up',
    'generator finished',
    'executor closed, 0 pending, closed: false',
  ]);
  expect([loop.closed, loop.tasks(), loop.pending.size]).toEqual([true, [], 0]);
});

test('does nothing the second time, while and after', async () => {
  loop.createTask(() => sleep(10_000));
  loop.setDefaultExecutor(executor(() => log.push('executor closed')));
  await turn();
  const closing = loop.close();
  expect(loop.close()).toBe(closing);
  await Promise.all([closing, loop.close(), loop[Symbol.asyncDispose]()]);
  await loop.close();
  expect(log).toEqual(['executor closed']);
});

test('every step runs though another fails, and each failure is reported', async () => {
  const recorder = new Recorder(loop);
  const boom = (name: string) => () => {
    log.push(name);
    throw new Error(name);
  };
  await recorder.run(async () => {
    loop.createTask(
      async () => {
        try {
          await sleep(10_000);
        } finally {
          boom('task')();
        }
      },
      { name: 'pump' },
    );
    const generator = loop.track(
      (async function* () {
        try {
          yield 1;
        } finally {
          boom('generator')();
        }
      })(),
    );
    await generator.next();
    setTimeout(() => log.push('timer'), 10_000);
    loop.setDefaultExecutor(executor(boom('first executor')));
    loop.setDefaultExecutor(executor(boom('second executor')));
    await turn();
    await loop.close();
  });
  await wait(5);
  expect(log).toEqual(['task', 'generator', 'first executor', 'second executor']);
  expect(recorder.contexts.map(({ message, exception }) => [message, (exception as Error).message])).toEqual([
    ['Unhandled exception of task "pump" during shutdown', 'task'],
    ['An error occurred during closing of an asynchronous generator', 'generator'],
    ['An error occurred during closing of the Loop', 'first executor'],
    ['An error occurred during closing of the Loop', 'second executor'],
  ]);
  expect(loop.closed).toBe(true);
});

test("reports a task's failure once, with and without a handler", async () => {
  const handler = jest.fn();
  loop.setExceptionHandler((_, { message, exception, task }) => handler(message, exception, task));
  const error = new Error('boom');
  const task = loop.createTask(
    async () => {
      try {
        await sleep(10_000);
      } finally {
        // biome-ignore lint/correctness/noUnsafeFinally: that is the case
        throw error;
      }
    },
    { name: 'pump' },
  );
  await turn();
  await loop.close();
  await turn();
  expect(handler.mock.calls).toEqual([['Unhandled exception of task "pump" during shutdown', error, task]]);
});

test('an awaited error is not reported', async () => {
  const recorder = new Recorder(loop);
  const outcome = recorder.run(() => {
    const task = loop.createTask(async () => {
      try {
        await sleep(10_000);
      } finally {
        // biome-ignore lint/correctness/noUnsafeFinally: that is the case
        throw new Error('boom');
      }
    });
    return rejection(task);
  });
  await turn();
  await loop.close();
  expect(await outcome).toEqual(new Error('boom'));
  expect(recorder.contexts).toEqual([]);
});

test('an error of a task whose waiter the same close cancels is reported', async () => {
  const recorder = new Recorder(loop);
  recorder.run(() => {
    const inner = loop.createTask(
      async () => {
        try {
          await sleep(10_000);
        } finally {
          await sleep(1);
          // biome-ignore lint/correctness/noUnsafeFinally: that is the case
          throw new Error('boom');
        }
      },
      { name: 'inner' },
    );
    loop.createTask(async () => inner);
  });
  await turn();
  await loop.close();
  expect(recorder.messages).toEqual(['Unhandled exception of task "inner" during shutdown']);
});

test('lets a cancelled task clean up', async () => {
  const task = loop.createTask(async () => {
    try {
      await sleep(10_000);
    } finally {
      await sleep(5);
      log.push('cleaned up');
    }
  });
  await turn();
  task.cancel();
  await turn();
  await loop.close();
  expect(log).toEqual(['cleaned up']);
});

test('gives up a task that does not end', async () => {
  const task = loop.createTask(() => forever);
  const deaf = loop.createTask(async () => {
    for (;;) await sleep(1).catch(() => {});
  });
  await turn();
  await loop.close();
  expect([task.cancelled, deaf.cancelled, loop.pending.size]).toEqual([true, true, 0]);
  await wait(5);
  expect(loop.pending.size).toBe(0);
});

test('ends tasks created meanwhile', async () => {
  const error = jest.fn();
  const again = async (depth: number): Promise<void> => {
    try {
      await sleep(10_000);
    } finally {
      log.push(`task ${depth}`);
      if (depth < 3) loop.createTask(() => again(depth + 1)).catch(error);
    }
  };
  loop.createTask(() => again(1)).catch(error);
  await turn();
  await loop.close();
  // The third has not begun when it is cancelled.
  expect(log[0]).toBe('task 1');
  expect(loop.tasks()).toEqual([]);
  for (const [reason] of error.mock.calls) expect(reason).toBeInstanceOf(CancelledError);
});

test('ends even if tasks create tasks forever', async () => {
  const again = async (): Promise<void> => {
    try {
      await turn();
    } finally {
      loop.createTask(again).catch(() => {});
    }
  };
  loop.createTask(again).catch(() => {});
  await turn();
  await loop.close();
  expect([loop.closed, loop.pending.size]).toEqual([true, 0]);
});

test('ends tasks and timers that a generator starts while it is finished', async () => {
  const generator = loop.track(
    (async function* () {
      try {
        yield 1;
      } finally {
        loop
          .createTask(async () => {
            try {
              await sleep(10_000);
            } finally {
              log.push('task cleaned up');
            }
          })
          .catch(() => {});
        setTimeout(() => log.push('timer'), 10_000);
        await turn();
      }
    })(),
  );
  await generator.next();
  await loop.close();
  expect(loop.pending.size).toBe(0);
  expect(log).toEqual(['task cleaned up']);
});

test('rejects waits of code outside of tasks', async () => {
  const waiting = [
    loop.run(() => sleep(10_000)),
    loop.run(async () => loop.createFuture()),
    loop.sleep(10_000),
  ].map(rejection);
  await turn();
  await loop.close();
  for (const error of await Promise.all(waiting))
    expect(error).toMatchObject({ name: 'CancelledError', message: 'Cancelled: Loop "main" is closing' });
});

test('later waits of such code are rejected once the Loop is closed', async () => {
  const running = loop.run(async () => {
    try {
      await sleep(10_000);
    } catch {
      log.push('cancelled');
    }
    await sleep(10_000);
  });
  const ended = rejection(running);
  await turn();
  await loop.close();
  expect(await ended).toBeInstanceOf(CancelledError);
  expect([log, loop.pending.size]).toEqual([['cancelled'], 0]);
});

describe('by its own code', () => {
  test('a task that closes its Loop goes on', async () => {
    loop.grace = 60_000;
    const other = loop.createTask(() => sleep(10_000));
    const task = loop.createTask(async () => {
      await loop.close();
      log.push('goes on');
      return loop.closed;
    });
    expect(await task).toBe(true);
    expect([log, task.cancelled, other.cancelled]).toEqual([['goes on'], false, true]);
  });

  test('also through run()', async () => {
    loop.grace = 60_000;
    const task = loop.createTask(() => loop.run(async () => loop.close()));
    await task;
    expect([task.cancelled, loop.closed]).toEqual([false, true]);
  });

  test('a close in a cleanup does not wait for that cleanup', async () => {
    loop.grace = 60_000;
    const task = loop.createTask(async () => {
      try {
        await sleep(10_000);
      } finally {
        await loop.close();
        log.push('cleaned up');
      }
    });
    await turn();
    await loop.close();
    expect([log, task.done]).toEqual([['cleaned up'], true]);
  });

  test('a listener of a signal that closes it', async () => {
    loop.setDefaultExecutor(executor(() => log.push('executor closed')));
    const task = loop.createTask(async signal => {
      signal.addEventListener('abort', () => void loop.close());
      await sleep(10_000);
    });
    await turn();
    await loop.close();
    expect([task.cancelled, log]).toEqual([true, ['executor closed']]);
  });

  test('a callback that closes it', async () => {
    loop.callLater(1, () => void loop.close());
    loop.callLater(10_000, () => log.push('no'));
    await until(() => loop.closed);
    expect(loop.pending.size).toBe(0);
  });

  test('a generator that closes it', async () => {
    const generator = loop.track(
      (async function* () {
        try {
          yield 1;
        } finally {
          void loop.close();
        }
      })(),
    );
    await generator.next();
    await loop.close();
    expect(loop.closed).toBe(true);
  });
});

test('an exception handler that throws does not stop it', async () => {
  const recorder = new Recorder(loop);
  loop.setExceptionHandler(() => {
    throw new Error('handler');
  });
  loop.setDefaultExecutor(
    executor(() => {
      throw new Error('executor');
    }),
  );
  await recorder.run(() => loop.close());
  expect(loop.closed).toBe(true);
  expect(recorder.messages).toEqual([
    'An error occurred during closing of the Loop',
    'Exception in the exception handler',
  ]);
});

test('closes a replaced executor, too', async () => {
  for (const name of ['first', 'second']) loop.setDefaultExecutor(executor(() => log.push(name)));
  await loop.close();
  expect(log).toEqual(['first', 'second']);
});

describe('a successor', () => {
  test('takes over timers and waits, but no tasks and no work that was given up', async () => {
    const heir = newLoop({ name: 'heir' });
    const step = new Step('test', loop, undefined);
    const gone = new Step('gone', loop, undefined);
    loop.successor = of => (of?.within(step) || of === gone ? heir : undefined);
    const [task, dropped] = runIn(step, () => {
      setTimeout(() => log.push('timer'), 200);
      loop.callLater(200, () => log.push('callback'));
      void sleep(200).then(() => log.push('sleep'));
      return [loop.createTask(() => sleep(10_000)), setTimeout(() => log.push('never'), 200)];
    });
    runIn(gone, () => setTimeout(() => log.push('given up'), 200));
    loop.run(() => setTimeout(() => log.push('of no step'), 200));
    clearTimeout(dropped);
    const waiting = rejection(task);
    await turn();
    gone.givenUpItself = true;
    await loop.close();
    expect(await waiting).toBeInstanceOf(CancelledError);
    expect([...heir.pending].map(item => [item.describe(), item.loop])).toEqual([
      ['setTimeout(fn, 200)', heir],
      ['callLater(200)', heir],
      ['sleep(200)', heir],
    ]);
    expect(loop.pending.size).toBe(0);
    await until(() => heir.pending.size === 0);
    expect(log.sort()).toEqual(['callback', 'sleep', 'timer']);
  });

  test('takes work started later', async () => {
    const heir = newLoop();
    const step = new Step('test', loop, undefined);
    loop.successor = () => heir;
    await loop.close();
    runIn(step, () => setTimeout(() => {}, 1000));
    expect([...heir.pending].map(item => item.describe())).toEqual(['setTimeout(fn, 1000)']);
  });

  test('a closed one takes nothing', async () => {
    const heir = newLoop();
    await heir.close();
    loop.successor = () => heir;
    const fn = jest.fn();
    loop.run(() => setTimeout(fn, 1));
    await loop.close();
    await wait(4);
    expect([fn.mock.calls.length, heir.pending.size]).toEqual([0, 0]);
  });
});

test('an executor that never closes is left, and reported', async () => {
  const recorder = new Recorder(loop);
  loop.grace = 4;
  loop.setDefaultExecutor(executor(() => forever));
  await recorder.run(() => loop.close());
  expect(loop.closed).toBe(true);
  expect(recorder.contexts.map(({ exception }) => exception)).toEqual([
    expect.objectContaining({
      code: 'ERR_EXECUTOR',
      message: expect.stringMatching(/^An executor did not close within 20 ms\./),
    }),
  ]);
});

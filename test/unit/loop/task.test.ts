import { once } from 'node:events';
import { CancelledError, type Loop, sleep, type Task } from '../../../src/loop';
import { isCancelled } from '../../../src/loop/steps/cancellation';
import { alone, forever, newLoop, Recorder, rejection, stall, turn, until, wait } from './support';

let loop: Loop;
beforeEach(() => {
  loop = newLoop({ name: 'main' });
});

describe('a task', () => {
  test("starts in a later microtask and resolves with its function's result", async () => {
    const log: string[] = [];
    const task = loop.createTask(() => {
      log.push('runs');
      return 'value';
    });
    log.push('created');
    expect(await task).toBe('value');
    expect(log).toEqual(['created', 'runs']);
    expect([task.done, task.cancelled]).toEqual([true, false]);
  });

  test('starts before a timer or an immediate set before it', async () => {
    const log: string[] = [];
    setImmediate(() => log.push('immediate'));
    const task = loop.createTask(() => log.push('task'));
    await task;
    await turn();
    expect(log).toEqual(['task', 'immediate']);
  });

  test("fails with its function's error or rejection", async () => {
    const error = new Error('boom');
    const thrown = loop.createTask(() => {
      throw error;
    });
    await expect(thrown).rejects.toBe(error);
    await expect(loop.createTask(async () => Promise.reject(error))).rejects.toBe(error);
    expect([thrown.done, thrown.cancelled]).toEqual([true, false]);
  });

  test.each([[undefined], [null], [0], ['']])('fails with %p, if that is thrown', async value => {
    const task = loop.createTask(async () => {
      throw value;
    });
    const outcome = await task.then(
      () => 'ended',
      (error: unknown) => ({ error }),
    );
    expect(outcome).toEqual({ error: value });
  });

  test('is named by its option, else by its function', () => {
    const work = async () => {};
    expect(loop.createTask(work).name).toBe('work');
    expect(loop.createTask(work, { name: 'other' }).name).toBe('other');
    expect(loop.createTask(async () => {}).name).toBe('anonymous');
  });

  test('is in tasks() until it has ended', async () => {
    const task = loop.createTask(() => loop.sleep(1));
    expect(loop.tasks()).toEqual([task]);
    await task;
    expect(loop.tasks()).toEqual([]);
  });

  test('can be awaited many times, before and after its end', async () => {
    const task = loop.createTask(async () => {
      await loop.sleep(1);
      return 'value';
    });
    const inside = loop.run(async () => Promise.all([task, task.then(value => `${value}!`), task.finally()]));
    expect(await inside).toEqual(['value', 'value!', 'value']);
    expect(await Promise.all([task, loop.run(async () => task)])).toEqual(['value', 'value']);
  });

  test('has catch() and finally()', async () => {
    const log: string[] = [];
    const failing = loop.createTask(() => Promise.reject(new Error('boom')));
    await failing.finally(() => log.push('finally')).catch((error: Error) => log.push(error.message));
    expect(await failing.catch(() => 'caught')).toBe('caught');
    expect(log).toEqual(['finally', 'boom']);
  });

  test('may return a thenable, another task, a future, a promise of a subclass', async () => {
    class Special<T> extends Promise<T> {}
    const future = loop.createFuture<string>();
    const inner = loop.createTask(async () => 'task');
    // biome-ignore lint/suspicious/noThenProperty: that is the case
    const thenable = { then: (resolve: (value: string) => void) => resolve('thenable') };
    const outer = [thenable, inner, future, Special.resolve('special')].map(each =>
      loop.createTask(() => each as PromiseLike<string>),
    );
    await turn();
    future.setResult('future');
    expect(await Promise.all(outer)).toEqual(['thenable', 'task', 'future', 'special']);
  });

  test("fails with an error of a thenable's getter", async () => {
    const error = new Error('no then');
    const result = Object.defineProperty({}, 'then', {
      get() {
        throw error;
      },
    });
    await expect(loop.createTask(() => result)).rejects.toBe(error);
    class Broken<T> extends Promise<T> {
      // biome-ignore lint/suspicious/noThenProperty: that is the case
      override then(): never {
        throw error;
      }
    }
    await expect(loop.createTask(() => new Broken(() => {}))).rejects.toBe(error);
  });

  test('takes the first outcome of a thenable', async () => {
    const thenable = {
      // biome-ignore lint/suspicious/noThenProperty: that is the case
      then(resolve: (value: string) => void, reject: (error: Error) => void) {
        resolve('first');
        reject(new Error('second'));
        throw new Error('third');
      },
    };
    expect(await loop.createTask(() => thenable as PromiseLike<string>)).toBe('first');
  });

  test('may be created by a task, and by the work that it starts', async () => {
    const log: string[] = [];
    await loop.createTask(async () => {
      const inner = loop.createTask(async () => log.push('inner'));
      setTimeout(() => void loop.createTask(() => log.push('of a timer')), 1);
      await inner;
    });
    await wait(5);
    expect(log).toEqual(['inner', 'of a timer']);
  });

  test('refuses anything but a function', () => {
    expect(() => loop.createTask('work' as never)).toThrow(
      'loop.createTask() expects a function, got "work" (string).',
    );
  });

  test.each([['work'], [null], [5]])('refuses options that are no object: %j', options => {
    expect(() => loop.createTask(() => 1, options as never)).toThrow(
      'loop.createTask() expects an object with options, such as { name }, got ',
    );
    expect(loop.tasks()).toEqual([]);
  });
});

describe('cancelling', () => {
  test('rejects its wait, aborts its signal, and runs its finally', async () => {
    const log: unknown[] = [];
    const task = loop.createTask(async signal => {
      try {
        await sleep(10_000);
      } catch (error) {
        log.push((error as Error).name, (error as CancelledError).reason, signal.aborted, signal.reason);
        throw error;
      } finally {
        log.push('finally');
      }
    });
    await turn();
    expect(task.cancel('enough')).toBe(true);
    const error = await rejection(task);
    expect(error).toBeInstanceOf(CancelledError);
    expect(error).toMatchObject({ message: 'Cancelled: enough', reason: 'enough', code: 'ERR_CANCELLED' });
    expect(log).toEqual(['CancelledError', 'enough', true, expect.any(CancelledError), 'finally']);
    expect([task.done, task.cancelled]).toEqual([true, true]);
    expect(loop.pending.size).toBe(0);
  });

  test('finally blocks may wait again', async () => {
    const log: string[] = [];
    const task = loop.createTask(async () => {
      try {
        await sleep(10_000);
      } finally {
        await sleep(2);
        await sleep(0);
        log.push('cleaned up');
      }
    });
    await turn();
    task.cancel();
    expect(await rejection(task)).toBeInstanceOf(CancelledError);
    expect(log).toEqual(['cleaned up']);
  });

  test('one that swallows it fulfils with its value', async () => {
    const task = loop.createTask(async () => {
      try {
        await sleep(10_000);
      } catch {
        return 'all the same';
      }
    });
    await turn();
    task.cancel();
    expect(await task).toBe('all the same');
    expect([task.done, task.cancelled]).toEqual([true, false]);
  });

  test('one that fails meanwhile fails with its own error', async () => {
    const task = loop.createTask(async () => {
      try {
        await sleep(10_000);
      } finally {
        // biome-ignore lint/correctness/noUnsafeFinally: that is the case
        throw new Error('while cleaning up');
      }
    });
    await turn();
    task.cancel();
    await expect(task).rejects.toThrow('while cleaning up');
    expect(task.cancelled).toBe(false);
  });

  test('one that has not started never runs', async () => {
    const fn = jest.fn();
    const task = loop.createTask(fn);
    expect(task.cancel()).toBe(true);
    expect([task.done, task.cancelled, task.signal.aborted]).toEqual([true, true, true]);
    expect(await rejection(task)).toBeInstanceOf(CancelledError);
    await turn();
    expect(fn).not.toHaveBeenCalled();
  });

  test('one that is done cannot be cancelled', async () => {
    const task = loop.createTask(() => 'value');
    await task;
    expect([task.cancel(), task.cancelled, task.signal.aborted]).toEqual([false, false, false]);
    expect(await task).toBe('value');
  });

  test('ends its waits in the Loop: for futures, tasks, calls of other Loops', async () => {
    const other = newLoop({ name: 'other' });
    const slow = other.createTask(() => sleep(10_000));
    const waits: Record<string, () => PromiseLike<unknown>> = {
      future: () => loop.createFuture(),
      'task of another Loop': () => slow,
      'sleep of another Loop': () => other.sleep(10_000),
      'run of its Loop': () => loop.run(() => sleep(10_000)),
      'run of another Loop': () => other.run(async () => void (await sleep(10_000))),
      'runUntilComplete of another Loop': () => other.runUntilComplete(() => sleep(10_000)),
      'several at once': () => Promise.all([sleep(10_000), sleep(20_000)]),
    };
    const tasks = Object.entries(waits).map(([name, fn]) => loop.createTask(async () => fn(), { name }));
    await turn();
    for (const task of tasks) task.cancel(task.name);
    const errors = await Promise.all(tasks.map(rejection));
    expect(errors.map(error => (error as CancelledError).reason)).toEqual(Object.keys(waits));
    // What was waited for goes on.
    expect(slow.done).toBe(false);
    expect(loop.pending.size).toBe(0);
    expect([...other.pending]).toContain(slow);
  });

  test('ends the wait for a task, not the task', async () => {
    const gate = loop.createFuture();
    const inner = loop.createTask(async () => {
      await gate;
      return 'inner';
    });
    const outer = loop.createTask(async () => inner);
    await turn();
    outer.cancel();
    expect(await rejection(outer)).toBeInstanceOf(CancelledError);
    gate.setResult(undefined);
    expect(await inner).toBe('inner');
  });

  test.each([
    ['nothing', undefined, 'Cancelled'],
    ['a text', 'late', 'Cancelled: late'],
    ['an error', new Error('first line\nsecond'), 'Cancelled: first line'],
    ['a cancellation', new CancelledError('Cancelled: before'), 'Cancelled: before'],
    ['a number', 42, 'Cancelled'],
    ['a symbol', Symbol('why'), 'Cancelled'],
    ['null', null, 'Cancelled'],
    ['an object', { message: 5 }, 'Cancelled'],
  ])('takes as its reason %s', async (_, reason, message) => {
    const task = loop.createTask(() => sleep(10_000));
    await turn();
    task.cancel(reason);
    const error = (await rejection(task)) as CancelledError;
    expect(error.message).toBe(message);
    expect(error.reason).toBe(reason);
  });

  test('takes a reason that cannot be read', async () => {
    const reasons = [
      Proxy.revocable({}, {}),
      {
        proxy: {
          get message() {
            throw new Error('no');
          },
        },
        revoke() {},
      },
    ];
    for (const { proxy, revoke } of reasons) {
      const task = loop.createTask(() => sleep(10_000));
      await turn();
      revoke();
      task.cancel(proxy);
      expect(await rejection(task)).toBeInstanceOf(CancelledError);
    }
  });

  test('takes an error that cannot be read as its failure', async () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const task = loop.createTask(() => Promise.reject(proxy));
    let isSame = false;
    await task.catch(error => {
      isSame = error === proxy;
    });
    expect([isSame, task.cancelled]).toEqual([true, false]);
  });

  test('happens within its own code', async () => {
    const task: Task<unknown> = loop.createTask(async () => {
      task.cancel('self');
      await sleep(10_000);
    });
    expect(await rejection(task)).toMatchObject({ reason: 'self' });
  });

  test('happens in a callback of its own', async () => {
    const task: Task<unknown> = loop.createTask(async () => {
      loop.callSoon(() => task.cancel('of a callback'));
      await sleep(10_000);
    });
    expect(await rejection(task)).toMatchObject({ reason: 'of a callback' });
  });

  test('rejects its next wait if it has none in the Loop', async () => {
    let open!: () => void;
    const foreign = new Promise<void>(resolve => {
      open = resolve;
    });
    const log: string[] = [];
    const task = loop.createTask(async () => {
      await foreign;
      log.push('foreign');
      try {
        await sleep(10_000);
      } finally {
        await sleep(1);
        log.push('cleaned up');
      }
    });
    await turn();
    task.cancel();
    open();
    expect(await rejection(task)).toBeInstanceOf(CancelledError);
    expect(log).toEqual(['foreign', 'cleaned up']);
  });

  test('does not if its function takes the signal', async () => {
    const log: string[] = [];
    const task = loop.createTask(async signal => {
      await once(signal, 'abort');
      await sleep(1);
      log.push('cleaned up');
    });
    await turn();
    task.cancel();
    await task;
    expect(log).toEqual(['cleaned up']);
  });

  test('does not if any code listens to its signal', async () => {
    const task: Task<string> = loop.createTask(async () => {
      await once(task.signal, 'abort');
      await sleep(1);
      return 'cleaned up';
    });
    await turn();
    task.cancel();
    expect(await task).toBe('cleaned up');
  });

  test('a rejection by the signal is a cancellation', async () => {
    const bySignal = loop.createTask(
      signal =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
    );
    const byNode = loop.createTask(signal => once(new EventTarget(), 'never', { signal }));
    await turn();
    for (const task of [bySignal, byNode]) {
      task.cancel('why');
      expect(await rejection(task)).toMatchObject({ name: 'CancelledError', reason: 'why' });
      expect(task.cancelled).toBe(true);
    }
  });

  test('an AbortError without a cancellation is a failure', async () => {
    const task = loop.createTask(() => Promise.reject(new DOMException('no', 'AbortError')));
    expect(await rejection(task)).toMatchObject({ name: 'AbortError' });
    expect(task.cancelled).toBe(false);
  });

  test('one that waits for a cancelled task is cancelled, too', async () => {
    const inner = loop.createTask(() => sleep(10_000));
    const outer = loop.createTask(async () => inner);
    await turn();
    inner.cancel('inner');
    expect(await rejection(outer)).toMatchObject({ reason: 'inner' });
    expect([inner.cancelled, outer.cancelled]).toEqual([true, true]);
  });

  test('twice: rejects the wait of the cleanup, too', async () => {
    const log: string[] = [];
    const task = loop.createTask(async () => {
      try {
        await sleep(10_000);
      } catch {
        await sleep(10_000);
        log.push('not reached');
      }
    });
    await turn();
    task.cancel('first');
    await turn();
    expect(task.cancel('second')).toBe(true);
    expect(await rejection(task)).toMatchObject({ reason: 'second' });
    expect(log).toEqual([]);
  });

  test('in a listener of its signal, for the second time, changes nothing', async () => {
    const log: string[] = [];
    const task: Task<unknown> = loop.createTask(async signal => {
      signal.addEventListener('abort', () => log.push(`again: ${task.cancel()}`));
      try {
        await sleep(10_000);
      } finally {
        await sleep(1);
        log.push('cleaned up');
      }
    });
    await turn();
    task.cancel();
    expect(await rejection(task)).toBeInstanceOf(CancelledError);
    expect(log).toEqual(['again: true', 'cleaned up']);
  });

  test('ends a task that waits for itself', async () => {
    const task: Task<unknown> = loop.createTask(async () => task);
    await turn();
    task.cancel();
    expect(await rejection(task)).toBeInstanceOf(CancelledError);
  });

  test('ends tasks that wait for each other', async () => {
    const one: Task<unknown> = loop.createTask(async () => two);
    const two: Task<unknown> = loop.createTask(async () => one);
    await turn();
    one.cancel();
    expect(await Promise.all([rejection(one), rejection(two)])).toEqual([
      expect.any(CancelledError),
      expect.any(CancelledError),
    ]);
  });
});

describe('the signal', () => {
  test('is the same inside and outside', async () => {
    let seen: AbortSignal | undefined;
    const task = loop.createTask(signal => {
      seen = signal;
    });
    await task;
    expect(seen).toBe(task.signal);
    expect(seen).toBeInstanceOf(AbortSignal);
  });

  test.each<[string, (this: void, ...args: never[]) => unknown]>([
    ['a parameter', (signal: AbortSignal) => signal],
    ['rest parameters', (...args: unknown[]) => args[0]],
    ['a default', (signal: AbortSignal | undefined = undefined) => signal],
    [
      'arguments',
      function () {
        // biome-ignore lint/complexity/noArguments: that is the case
        return arguments[0];
      },
    ],
    ['a bound function', ((...args: unknown[]) => args[0]).bind(null)],
    ['a mock', jest.fn((...args: unknown[]) => args[0])],
  ])('is given to a function with %s', async (_, fn) => {
    expect(await loop.createTask(fn as () => unknown)).toBeInstanceOf(AbortSignal);
  });
});

describe('a task that does not end', () => {
  test('is given up after the grace period', async () => {
    const task = loop.createTask(() => forever);
    await turn();
    const began = loop.time();
    task.cancel('enough');
    expect(task.done).toBe(false);
    expect(await rejection(task)).toMatchObject({ name: 'CancelledError', reason: 'enough' });
    expect(loop.time() - began).toBeGreaterThan(loop.grace - 2);
    expect([task.done, task.cancelled]).toEqual([true, true]);
  });

  test('it may still wait after the machine has stalled for as long as that', async () => {
    let cleanedUp = false;
    const task = loop.createTask(async () => {
      try {
        await loop.sleep(5000);
      } finally {
        stall(loop.grace + 20);
        await wait(1);
        cleanedUp = true;
      }
    });
    await turn();
    task.cancel();
    await rejection(task);
    expect(cleanedUp).toBe(true);
  });

  test('its later actions have no effect, silently', async () => {
    const log: string[] = [];
    let open!: () => void;
    const foreign = new Promise<void>(resolve => {
      open = resolve;
    });
    const recorder = new Recorder(loop);
    const task = recorder.run(() =>
      loop.createTask(async () => {
        await foreign;
        setTimeout(() => log.push('timer'), 1);
        setInterval(() => log.push('interval'), 1);
        setImmediate(() => log.push('immediate'));
        queueMicrotask(() => log.push('microtask'));
        loop.callSoon(() => log.push('callSoon'));
        loop.createTask(() => log.push('task')).catch(() => {});
        log.push('goes on');
        await sleep(1);
        log.push('slept');
      }),
    );
    await turn();
    task.cancel();
    await rejection(task);
    open();
    await wait(10);
    expect(log).toEqual(['goes on']);
    expect(recorder.contexts).toEqual([]);
    expect(loop.pending.size).toBe(0);
  });

  test('the work that it started ends, too', async () => {
    const log: string[] = [];
    const task = loop.createTask(async signal => {
      signal.addEventListener('abort', () => {});
      setTimeout(() => log.push('timer'), 300);
      sleep(300).then(
        () => log.push('slept'),
        () => {},
      );
      loop.callLater(300, () => log.push('callback'));
      loop
        .createTask(async () => {
          try {
            await sleep(300);
          } finally {
            log.push('its task cleans up');
          }
        })
        .catch(() => {});
      await forever;
    });
    await turn();
    task.cancel();
    await rejection(task);
    await until(() => loop.pending.size === 0);
    expect(log).toEqual(['its task cleans up']);
    expect(loop.pending.size).toBe(0);
  });

  test('the work that it started in another Loop does nothing', async () => {
    const other = newLoop();
    const log: string[] = [];
    const task = loop.createTask(async signal => {
      signal.addEventListener('abort', () => {});
      other.callLater(500, () => log.push('callback'));
      other.sleep(500).then(
        () => log.push('slept'),
        () => {},
      );
      other.run(() => setTimeout(() => log.push('timer'), 500));
      other.run(() => setInterval(() => log.push('interval'), 10));
      await forever;
    });
    await until(() => log.length > 0);
    task.cancel();
    await rejection(task);
    const before = log.length;
    await until(() => other.pending.size === 0);
    expect(other.pending.size).toBe(0);
    expect(log).toEqual(Array(before).fill('interval'));
  });

  test('its late error is reported as late', async () => {
    let fail!: (error: Error) => void;
    const foreign = new Promise((_, reject) => {
      fail = reject;
    });
    const recorder = new Recorder(loop);
    const task = recorder.run(() => loop.createTask(() => foreign, { name: 'slow' }));
    await turn();
    task.cancel();
    await rejection(task);
    const error = new Error('late');
    fail(error);
    await turn();
    expect(recorder.contexts).toEqual([
      { message: 'Task "slow" failed after it was given up', exception: error, task },
    ]);
  });

  test('its late cancellation and its late value are ignored', async () => {
    const recorder = new Recorder(loop);
    let open!: (value: string) => void;
    let fail!: (error: Error) => void;
    const tasks = recorder.run(() => [
      loop.createTask(() => new Promise<string>(resolve => (open = resolve))),
      loop.createTask(() => new Promise<string>((_, reject) => (fail = reject))),
    ]);
    await turn();
    for (const task of tasks) task.cancel();
    await Promise.all(tasks.map(rejection));
    open('late');
    fail(new DOMException('late', 'AbortError'));
    await turn();
    expect(recorder.contexts).toEqual([]);
    expect(await rejection(tasks[0]!)).toBeInstanceOf(CancelledError);
  });

  test('a signal first read after the cancellation is aborted already', async () => {
    const task = loop.createTask(() => forever);
    await turn();
    task.cancel('why');
    expect(task.signal.aborted).toBe(true);
    expect(isCancelled(task.signal.reason)).toBe(true);
    await rejection(task);
  });
});

describe('an unhandled failure', () => {
  test('is an unhandled rejection of the task', () => {
    const { code, out } = alone(`
      process.on('unhandledRejection', error => say(error.message));
      const loop = new Loop();
      loop.createTask(async () => { throw new Error('one') });
      const handled = loop.createTask(async () => { throw new Error('two') });
      await handled.catch(() => {});
      await loop.close();
    `);
    expect({ code, out }).toEqual({ code: 0, out: ['one'] });
  });

  test('is one after every wait for it has ended', () => {
    const { code, out } = alone(`
      process.on('unhandledRejection', error => say(error.message));
      const loop = new Loop();
      const open = loop.createFuture();
      const task = loop.createTask(async () => { await open; throw new Error('nothing waits any more') });
      const waiter = loop.createTask(async () => { await task });
      await sleep0(); waiter.cancel(); await waiter.catch(() => {}); open.setResult();
      await new Promise(resolve => setTimeout(resolve, 20));
      await loop.close();
      function sleep0() { return new Promise(setImmediate) }
    `);
    expect({ code, out }).toEqual({ code: 0, out: ['nothing waits any more'] });
  });

  test('is not a cancelled task', () => {
    const { code, out, err } = alone(`
      const loop = new Loop();
      loop.createTask(() => sleep(1000)).cancel();
      const task = loop.createTask(() => sleep(1000));
      loop.createTask(async () => { await task });
      loop.createTask(() => sleep(1000));
      await new Promise(setImmediate);
      task.cancel();
      await loop.close();
      say('closed');
    `);
    expect({ code, out, err }).toEqual({ code: 0, out: ['closed'], err: '' });
  });

  test("carries the AsyncLocalStorage of the task's creator", () => {
    const { out } = alone(`
      const als = new (require('node:async_hooks').AsyncLocalStorage)();
      process.on('unhandledRejection', error => say(error.message, als.getStore()));
      const loop = new Loop();
      for (const name of ['a', 'b']) als.run(name, () => loop.createTask(async () => {
        say(als.getStore()); await sleep(0); say(als.getStore()); throw new Error('failed')
      }));
      await new Promise(resolve => setTimeout(resolve, 10));
    `);
    expect(out).toEqual(['a', 'b', 'a', 'failed a', 'b', 'failed b']);
  });
});

import { CancelledError, getRunningLoop, Loop, LoopClosedError, sleep } from '../../../src/loop';
import { codeOf } from '../support';
import { forever, newLoop, Recorder, rejection, turn, wait } from './support';

let loop: Loop;
beforeEach(() => {
  loop = newLoop({ name: 'main' });
});

describe('the options', () => {
  test('are all optional', () => {
    expect(newLoop()).toMatchObject({ name: 'loop', debug: false, closed: false, running: false });
    expect(newLoop({ name: 'mine', debug: true, backend: 'node' })).toMatchObject({
      name: 'mine',
      debug: true,
    });
  });

  test.each([
    [() => new Loop(null as never), 'new Loop() expects an object with options, got null.'],
    [() => new Loop('loop' as never), 'new Loop() expects an object with options, got "loop" (string).'],
  ])('are checked: %#', async (fn, message) => {
    expect(fn).toThrow(message);
    expect(await codeOf(fn)).toBe('ERR_LOOP_ARGUMENT');
  });

  test.each([
    ['virtual', 'The backend "virtual" is built on Jest\'s fake timers, and there are none here.'],
    [7, 'Expected new Loop({ backend }) to be the name of a backend or [name, options], got 7 (number).'],
    [['virtual', null], 'to be the name of a backend or [name, options]'],
  ])('a backend is checked: %j', async (backend, message) => {
    const fn = (): Loop => new Loop({ backend: backend as never });
    expect(fn).toThrow(message);
    expect(await codeOf(fn)).toBe('ERR_BACKEND');
  });
});

describe('run', () => {
  test('calls a function in the Loop and returns its result', () => {
    expect(loop.run(() => getRunningLoop())).toBe(loop);
    expect(() => getRunningLoop()).toThrow('getRunningLoop() found no running Loop.');
  });

  test('passes on what it throws', () => {
    const error = new Error('boom');
    expect(() =>
      loop.run(() => {
        throw error;
      }),
    ).toThrow(error);
    expect(loop.running).toBe(false);
  });

  test('all work that the function starts runs in the Loop', async () => {
    const seen = await loop.run(async () => {
      const loops = [getRunningLoop()];
      await Promise.resolve();
      loops.push(getRunningLoop());
      await wait(1);
      loops.push(getRunningLoop());
      await new Promise(resolve => queueMicrotask(() => resolve(loops.push(getRunningLoop()))));
      await new Promise(resolve => process.nextTick(() => resolve(loops.push(getRunningLoop()))));
      await new Promise(resolve => setTimeout(() => resolve(loops.push(getRunningLoop())), 1));
      return loops;
    });
    expect(new Set(seen)).toEqual(new Set([loop]));
    expect(seen).toHaveLength(6);
  });

  test('nests: the innermost Loop is the current one', () => {
    const inner = newLoop();
    const seen = loop.run(() => [getRunningLoop(), inner.run(() => getRunningLoop()), getRunningLoop()]);
    expect(seen).toEqual([loop, inner, loop]);
  });

  test('returns a thenable unchanged, without a call of then', () => {
    const then = jest.fn();
    const thenable = { then };
    expect(loop.run(() => thenable)).toBe(thenable);
    expect(then).not.toHaveBeenCalled();
    class Special<T> extends Promise<T> {}
    const special = Special.resolve(1);
    expect(loop.run(() => special)).toBe(special);
  });

  test('refuses anything but a function', () => {
    expect(() => loop.run(5 as never)).toThrow('loop.run() expects a function, got 5 (number).');
  });
});

describe('running', () => {
  test('is true while a function runs or its promise is pending', async () => {
    expect(loop.run(() => loop.running)).toBe(true);
    expect(loop.running).toBe(false);
    const slow = loop.run(() => sleep(1));
    const failing = loop.run(async () => {
      await sleep(2);
      throw new Error('boom');
    });
    expect(loop.running).toBe(true);
    await slow;
    expect(loop.running).toBe(true);
    await expect(failing).rejects.toThrow('boom');
    expect(loop.running).toBe(false);
  });

  test('is true for all code of the Loop, until it closes', async () => {
    const seen: boolean[] = [];
    await loop.createTask(async () => {
      seen.push(loop.running);
      await sleep(1);
      seen.push(loop.running, newLoop().running);
      await loop.close();
      seen.push(loop.running);
    });
    expect([seen, loop.running]).toEqual([[true, true, false, false], false]);
  });
});

describe('runUntilComplete', () => {
  test('resolves with the outcome of a function, a promise or a thenable', async () => {
    expect(await loop.runUntilComplete(() => getRunningLoop())).toBe(loop);
    expect(await loop.runUntilComplete(async () => 'async')).toBe('async');
    expect(await loop.runUntilComplete(Promise.resolve('promise'))).toBe('promise');
    const future = loop.createFuture<string>();
    loop.callSoon(() => future.setResult('future'));
    expect(await loop.runUntilComplete(future)).toBe('future');
  });

  test('rejects with their errors', async () => {
    const error = new Error('boom');
    await expect(loop.runUntilComplete(Promise.reject(error))).rejects.toBe(error);
    await expect(
      loop.runUntilComplete(() => {
        throw error;
      }),
    ).rejects.toBe(error);
    expect(loop.running).toBe(false);
  });

  test('its error is not reported twice', async () => {
    const recorder = new Recorder(loop);
    const handler = jest.fn();
    loop.setExceptionHandler(handler);
    await recorder.run(() => rejection(loop.runUntilComplete(() => Promise.reject(new Error('boom')))));
    await loop.close();
    expect(handler).not.toHaveBeenCalled();
    expect(recorder.contexts).toEqual([]);
  });

  test('ends when the Loop is closed', async () => {
    const waiting = [loop.runUntilComplete(forever), loop.runUntilComplete(() => forever)].map(rejection);
    await turn();
    await loop.close();
    expect(await Promise.all(waiting)).toEqual([expect.any(CancelledError), expect.any(CancelledError)]);
  });

  test('a later error is reported', async () => {
    const recorder = new Recorder(loop);
    let fail!: (error: Error) => void;
    const waiting = recorder.run(() =>
      rejection(loop.runUntilComplete(() => new Promise((_, reject) => (fail = reject)))),
    );
    await turn();
    await loop.close();
    await waiting;
    fail(new Error('late'));
    await turn();
    expect(recorder.messages).toEqual(['Exception after the Loop was closed']);
    expect(recorder.exceptions).toEqual([new Error('late')]);
  });

  test('refuses anything else', async () => {
    await expect(loop.runUntilComplete(5 as never)).rejects.toThrow(
      'loop.runUntilComplete() expects a promise or a function, got 5 (number).',
    );
  });
});

describe('sleep', () => {
  test('waits that many milliseconds', async () => {
    const began = loop.time();
    await loop.sleep(10);
    expect(loop.time() - began).toBeGreaterThan(9);
  });

  test('of 0 lets other work run', async () => {
    const log: string[] = [];
    loop.callSoon(() => log.push('callback'));
    await loop.sleep(0);
    log.push('slept');
    await loop.sleep();
    expect(log).toEqual(['callback', 'slept']);
  });

  test('sleeps end in the order of their times', async () => {
    const log: number[] = [];
    // Far enough apart: they are not set at the same moment.
    await Promise.all([90, 30, 0, 60].map(ms => loop.sleep(ms).then(() => log.push(ms))));
    expect(log).toEqual([0, 30, 60, 90]);
  });

  test('works without a current Loop, and the close of its Loop ends it', async () => {
    const sleeping = rejection(loop.sleep(10_000));
    expect([...loop.pending].map(item => item.describe())).toEqual(['sleep(10000)']);
    await loop.close();
    expect(await sleeping).toMatchObject({ message: 'Cancelled: Loop "main" is closing' });
  });

  test.each([[-1], [Number.NaN], ['5'], [null], [{}]])('refuses %p', ms => {
    expect(() => loop.sleep(ms as number)).toThrow(
      'loop.sleep() expects a number of milliseconds from 0, got',
    );
  });

  test('is not delayed by fake timers', async () => {
    jest.useFakeTimers();
    try {
      await loop.sleep(1);
      await loop.run(() => sleep(0));
    } finally {
      jest.useRealTimers();
    }
  });
});

describe('time', () => {
  test('advances in milliseconds', async () => {
    const began = performance.now();
    const times = [loop.time()];
    await wait(5);
    times.push(loop.time());
    expect(times[1]! - times[0]!).toBeGreaterThan(4);
    expect(times[1]! - times[0]!).toBeLessThanOrEqual(performance.now() - began);
  });
});

describe('a closed Loop', () => {
  const calls: Record<string, (loop: Loop) => unknown> = {
    run: it => it.run(() => 1),
    runUntilComplete: it => it.runUntilComplete(async () => 1),
    createTask: it => it.createTask(async () => 1),
    createFuture: it => it.createFuture(),
    sleep: it => it.sleep(1),
    callSoon: it => it.callSoon(() => {}),
    callLater: it => it.callLater(1, () => {}),
    callAt: it => it.callAt(1, () => {}),
    track: it => it.track((async function* () {})()),
    runInExecutor: it => it.runInExecutor(() => 1),
    setDefaultExecutor: it => it.setDefaultExecutor({ run: async () => 1, close: async () => {} }),
  };

  test.each(Object.entries(calls))('refuses %s()', async (name, call) => {
    await loop.close();
    await expect((async () => call(loop))()).rejects.toThrow(LoopClosedError);
    await expect((async () => call(loop))()).rejects.toMatchObject({
      name: 'LoopClosedError',
      code: 'ERR_LOOP_CLOSED',
      message: expect.stringContaining(`Loop "main" is closed: ${name}() came too late.`),
    });
    expect(await codeOf(() => call(newLoop({ newLoop: false })))).toBe('ERR_LOOP_NONE');
  });

  test('can be inspected', async () => {
    await loop.close();
    expect([loop.closed, loop.running, loop.tasks()]).toEqual([true, false, []]);
    expect(loop.time()).toBeGreaterThan(0);
    loop.setDebug(true);
    loop.setExceptionHandler(undefined);
    await loop.shutdownAsyncGenerators();
  });
});

describe('one owner', () => {
  test('closing a Loop leaves the work of another alone', async () => {
    const outer = newLoop({ name: 'outer' });
    const log: string[] = [];
    const task = outer.createTask(async () => {
      setTimeout(() => log.push('timer of outer'), 1);
      const pending = sleep(3).then(() => log.push('sleep of outer'));
      const inner = newLoop({ name: 'inner' });
      inner.run(() => setTimeout(() => log.push('timer of inner'), 500));
      inner.createTask(() => sleep(5000)).catch(() => log.push('task of inner cancelled'));
      await inner.close();
      await pending;
    });
    await task;
    expect(log).toEqual(['task of inner cancelled', 'timer of outer', 'sleep of outer']);
    expect([outer.closed, outer.pending.size]).toEqual([false, 0]);
  });
});

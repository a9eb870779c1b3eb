import * as nodeTimers from 'node:timers';
import { promisify } from 'node:util';
import { getRunningLoop, Loop } from '../../../../src/loop';
import { runIn, Step } from '../../../../src/loop/steps/step';
import { installGlobals } from '../../../../src/loop/timers/ambient';
import { alone, newLoop, Recorder, real, rejection, turn, until, wait } from '../support';

type Fn = (...args: never[]) => unknown;
interface Timers {
  setTimeout: typeof setTimeout;
  setInterval: typeof setInterval;
  setImmediate: typeof setImmediate;
  clearTimeout: typeof clearTimeout;
  clearInterval: typeof clearInterval;
  clearImmediate: typeof clearImmediate;
}

let loop: Loop;
beforeEach(() => {
  loop = newLoop();
});

const pending = (): string[] => [...loop.pending].map(item => item.describe());

describe.each<[string, () => Timers]>([
  ['global', () => globalThis],
  ['of node:timers', () => nodeTimers],
])('the timers %s', (_, of) => {
  test('called in a Loop belong to it', async () => {
    const { setTimeout, setInterval, setImmediate } = of();
    const fn = jest.fn();
    loop.run(() => {
      setTimeout(fn, 1);
      setInterval(fn, 1);
      setImmediate(fn);
    });
    expect(pending()).toEqual(['setTimeout(fn, 1)', 'setInterval(fn, 1)', 'setImmediate(fn)']);
    await loop.close();
    expect(loop.pending.size).toBe(0);
    await wait(5);
    expect(fn).not.toHaveBeenCalled();
  });

  test('called outside of a Loop belong to none', async () => {
    const { setTimeout, setInterval, clearInterval, setImmediate } = of();
    const fn = jest.fn();
    setTimeout(fn, 1);
    const interval = setInterval(fn, 1);
    setImmediate(fn);
    expect(pending()).toEqual([]);
    await loop.close();
    await until(() => fn.mock.calls.length > 3);
    clearInterval(interval);
    expect(fn.mock.calls.length).toBeGreaterThan(3);
  });

  test('pass arguments and `this` as Node does', async () => {
    const { setTimeout, setInterval, setImmediate, clearInterval } = of();
    const seen: unknown[] = [];
    const note = function (this: unknown, ...args: unknown[]): void {
      seen.push([this, args, getRunningLoop()]);
    };
    const handles = loop.run(() => [
      setImmediate(note as Fn, ...([1, 'two'] as never[])),
      setTimeout(note as Fn, 1, ...([3] as never[])),
    ]);
    const interval = loop.run(() =>
      setInterval(function (this: unknown) {
        clearInterval(interval);
        seen.push([this]);
      }, 4),
    );
    await until(() => seen.length === 3);
    // Which comes first depends on how busy the machine is.
    const seenBy = (handle: unknown) => (seen as unknown[][]).find(([self]) => self === handle)?.slice(1);
    expect([seenBy(handles[0]), seenBy(handles[1]), seenBy(interval)]).toEqual([
      [[1, 'two'], loop],
      [[3], loop],
      [],
    ]);
    expect(pending()).toEqual([]);
  });

  test('are cleared by handle, by number, by text', async () => {
    const { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate } = of();
    const fn = jest.fn();
    loop.run(() => {
      clearTimeout(setTimeout(fn, 1));
      clearInterval(setInterval(fn, 1));
      clearImmediate(setImmediate(fn));
      // Node lets one clear the other.
      clearInterval(setTimeout(fn, 1));
      expect(pending()).toEqual([]);
      clearTimeout(Number(setTimeout(fn, 1)));
      clearInterval(String(Number(setInterval(fn, 1))));
    });
    expect([...loop.pending].filter(item => item.alive)).toEqual([]);
    for (const nothing of [undefined, null, 0, 'no', {}]) {
      clearTimeout(nothing as never);
      clearInterval(nothing as never);
    }
    // Anything else than these breaks Node's own queue.
    clearImmediate(undefined);
    clearImmediate(null as never);
    await wait(5);
    expect(fn).not.toHaveBeenCalled();
  });

  test('are cleared by functions of the other kind, outside, and by Node’s own', async () => {
    const fn = jest.fn();
    const one = loop.run(() => of().setTimeout(fn, 1));
    const two = loop.run(() => of().setTimeout(fn, 1));
    const three = loop.run(() => of().setTimeout(fn, 1));
    nodeTimers.clearTimeout(one);
    clearTimeout(two);
    real.clearTimeout(three);
    await wait(5);
    expect(fn).not.toHaveBeenCalled();
    expect([...loop.pending].filter(item => item.alive)).toEqual([]);
  });

  test('give Node’s own handles', async () => {
    const { setTimeout, setInterval, setImmediate } = of();
    const fn = jest.fn();
    const [timeout, interval, immediate] = loop.run(
      () => [setTimeout(fn, 1), setInterval(fn, 1), setImmediate(fn)] as const,
    );
    expect(Object.getPrototypeOf(timeout)).toBe(Object.getPrototypeOf(real.setTimeout(() => {}, 1)));
    expect([timeout.hasRef(), timeout.unref(), timeout.hasRef(), timeout.ref().hasRef()]).toEqual([
      true,
      timeout,
      false,
      true,
    ]);
    expect(immediate.unref().hasRef()).toBe(false);
    // Nothing of ours is to be seen in them.
    expect(Object.keys(timeout)).toEqual(Object.keys(real.setTimeout(() => {}, 1)));
    timeout[Symbol.dispose]?.();
    interval.close();
    immediate[Symbol.dispose]?.();
    real.clearTimeout(timeout);
    real.clearImmediate(immediate);
    await wait(5);
    expect(fn).not.toHaveBeenCalled();
    expect([...loop.pending].filter(item => item.alive)).toEqual([]);
  });

  test('refresh() before they fire restarts them', async () => {
    const fired: number[] = [];
    const timer = loop.run(() => of().setTimeout(() => fired.push(real.now()), 30));
    await wait(15);
    const before = fired.length;
    const refreshed = real.now();
    expect(timer.refresh()).toBe(timer);
    expect(pending()).toEqual(['setTimeout(fn, 30)']);
    await until(() => fired.length > before);
    expect(fired.at(-1)! - refreshed).toBeGreaterThan(28);
    expect(pending()).toEqual([]);
  });

  test('refresh() after they fired sets them again, in their Loop', async () => {
    const fn = jest.fn();
    const timer = loop.run(() => of().setTimeout(fn, 1));
    await wait(4);
    expect(pending()).toEqual([]);
    timer.refresh();
    expect(pending()).toEqual(['setTimeout(fn, 1)']);
    await wait(4);
    expect(fn).toHaveBeenCalledTimes(2);
    timer.refresh();
    await loop.close();
    timer.refresh();
    await wait(4);
    expect(fn).toHaveBeenCalledTimes(2);
  });

  test('refresh() in the callback does, too', async () => {
    let count = 0;
    loop.run(() => {
      const timer = of().setTimeout(() => {
        if (++count < 3) timer.refresh();
      }, 1);
    });
    await until(() => count === 3);
    await wait(2);
    expect(count).toBe(3);
    expect(pending()).toEqual([]);
  });

  test('refresh() of a cleared one does nothing', async () => {
    const fn = jest.fn();
    const timer = loop.run(() => of().setTimeout(fn, 1));
    of().clearTimeout(timer);
    timer.refresh();
    expect(pending()).toEqual([]);
    await wait(4);
    expect(fn).not.toHaveBeenCalled();
  });

  test("invalid arguments get Node's own error", () => {
    const { setTimeout, setInterval, setImmediate } = of();
    for (const fn of [setTimeout, setInterval, setImmediate]) {
      const name = fn.name as 'setTimeout';
      const errors = [() => (fn as Fn)(), () => real[name]('no' as never)].map(call => {
        try {
          return loop.run(call);
        } catch (error) {
          return error as Error & { code: string };
        }
      }) as { code: string; message: string }[];
      expect(errors[0]!.code).toBe('ERR_INVALID_ARG_TYPE');
      expect(errors[1]!.code).toBe('ERR_INVALID_ARG_TYPE');
    }
    expect(pending()).toEqual([]);
    expect(() => loop.run(() => setTimeout(() => {}, Symbol('no') as never))).toThrow(TypeError);
    expect(pending()).toEqual([]);
  });

  test('look like Node’s', () => {
    for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout'] as const) {
      expect([of()[name].name, of()[name].length]).toEqual([name, real[name].length]);
    }
    expect(promisify(of().setTimeout)).toBe(promisify(globalThis.setTimeout));
  });

  test('util.promisify of them waits in the Loop', async () => {
    const seen: unknown[] = [];
    const task = loop.createTask(async () => {
      seen.push(await promisify(of().setTimeout)(1, 'value'), await promisify(of().setImmediate)('now'));
      await promisify(of().setTimeout)(10_000);
    });
    await until(() => seen.length === 2);
    expect(seen).toEqual(['value', 'now']);
    task.cancel();
    expect(await rejection(task)).toMatchObject({ name: 'CancelledError' });
    expect(await promisify(of().setTimeout)(1, 'outside')).toBe('outside');
  });
});

describe('where a timer belongs', () => {
  test('to the innermost Loop, entered or installed', async () => {
    const inner = newLoop();
    await loop.run(async () => {
      setTimeout(() => {}, 1000);
      inner.run(() => setTimeout(() => {}, 2000));
      await using installed = new Loop({ newLoop: true });
      setTimeout(() => {}, 3000);
      expect([loop, inner, installed].map(each => [...each.pending].map(item => item.describe()))).toEqual([
        ['setTimeout(fn, 1000)'],
        ['setTimeout(fn, 2000)'],
        ['setTimeout(fn, 3000)'],
      ]);
    });
  });

  test('to no Loop where none is current', async () => {
    const fn = jest.fn();
    await loop.run(async () => {
      await using _none = new Loop({ newLoop: false });
      setTimeout(fn, 1, 'argument');
    });
    expect(pending()).toEqual([]);
    await loop.close();
    await wait(4);
    expect(fn).toHaveBeenCalledWith('argument');
  });

  test('its callback runs in its Loop, even if that is installed outside of every step', async () => {
    const seen: string[] = [];
    const one = new Loop({ name: 'one', newLoop: true });
    setTimeout(() => seen.push(getRunningLoop().name), 1);
    const two = new Loop({ name: 'two', newLoop: true });
    await wait(4);
    await two.close();
    await one.close();
    expect(seen).toEqual(['one']);
  });

  test('one set in a closed Loop never fires and does not throw', async () => {
    const fn = jest.fn();
    let open!: () => void;
    const late = loop.run(async () => {
      await new Promise<void>(resolve => (open = resolve));
      const timers = [setTimeout(fn, 1, 'a'), setInterval(fn, 1), setImmediate(fn)] as NodeJS.Timeout[];
      for (const timer of timers) clearTimeout(timer);
      return timers.map(timer => timer.hasRef());
    });
    await loop.close();
    open();
    await late;
    await wait(4);
    expect(fn).not.toHaveBeenCalled();
  });
});

describe('fake timers', () => {
  afterEach(() => jest.useRealTimers());

  test('work as usual, inside a Loop, too', async () => {
    const fn = jest.fn();
    jest.useFakeTimers();
    loop.run(() => {
      setTimeout(fn, 1000);
      setInterval(fn, 400);
      queueMicrotask(fn);
    });
    setTimeout(fn, 1000);
    expect(jest.getTimerCount()).toBe(4);
    jest.advanceTimersByTime(1000);
    expect(fn).toHaveBeenCalledTimes(5);
    expect(pending()).toEqual([]);
    jest.useRealTimers();
    loop.run(() => setTimeout(fn, 1));
    expect(pending()).toEqual(['setTimeout(fn, 1)']);
  });

  test('do not affect waits of the Loop', async () => {
    const task = loop.run(() => {
      setTimeout(() => {}, 1);
      return loop.createTask(() => loop.sleep(2));
    });
    jest.useFakeTimers();
    await task;
    task.cancel();
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe('errors in callbacks', () => {
  test('are Node’s uncaught exceptions', () => {
    const { code, out } = alone(`
      process.on('uncaughtException', error => say(error.message));
      const loop = new Loop();
      loop.run(() => {
        setTimeout(() => { throw new Error('timeout') }, 1);
        setImmediate(() => { throw new Error('immediate') });
        queueMicrotask(() => { throw new Error('microtask') });
        let n = 0;
        const interval = setInterval(() => {
          if (++n === 3) { clearInterval(interval); setTimeout(() => say('left', loop.pending.size), 5) }
          throw new Error('interval ' + n);
        }, 2);
      });
    `);
    expect({ code, out: out.sort() }).toEqual({
      code: 0,
      out: ['immediate', 'interval 1', 'interval 2', 'interval 3', 'left 0', 'microtask', 'timeout'],
    });
  });

  test('go to the exception handler with the handle', async () => {
    const reported: unknown[] = [];
    loop.setExceptionHandler((of, context) => void reported.push([of, context]));
    const error = new Error('boom');
    const timer = loop.run(() =>
      setTimeout(() => {
        throw error;
      }, 1),
    );
    await until(() => reported.length > 0);
    expect(reported).toEqual([
      [loop, { message: 'Exception in the callback of setTimeout(fn, 1)', exception: error, handle: timer }],
    ]);
    loop.run(() =>
      setImmediate(() => {
        throw error;
      }),
    );
    await turn();
    expect(reported[1]).toMatchObject([loop, { message: 'Exception in the callback of setImmediate(fn)' }]);
  });

  test('a microtask that throws reports to its own step', async () => {
    const recorder = new Recorder(loop);
    const error = new Error('boom');
    recorder.run(() =>
      queueMicrotask(() => {
        throw error;
      }),
    );
    await turn();
    expect(recorder.contexts).toEqual([{ message: 'Exception in a microtask', exception: error }]);
  });
});

test('microtasks do not make an unneeded Loop', async () => {
  const make = jest.fn(() => loop);
  const fn = jest.fn();
  runIn(new Step('lazy', make, undefined), () => queueMicrotask(fn));
  await turn();
  expect(fn).toHaveBeenCalledTimes(1);
  expect(make).not.toHaveBeenCalled();
  expect(() => queueMicrotask(5 as never)).toThrow('callback');
});

test('a marker can forbid them', () => {
  const step = new Step('body', loop, undefined, undefined, { timers: true });
  for (const fn of [setTimeout, setInterval, setImmediate])
    expect(() => runIn(step, () => (fn as Fn)((() => {}) as never, 1 as never))).toThrow(
      `${fn.name} is forbidden`,
    );
  const mild = new Step('body', loop, undefined, undefined, { timers: false });
  runIn(mild, () => setTimeout(() => {}, 1));
  expect(pending()).toHaveLength(1);
});

test('they can be installed in another global object, and removed', () => {
  const mine = { setTimeout: real.setTimeout, queueMicrotask: real.queueMicrotask, other: 1 };
  const takeOut = installGlobals(mine, ['setTimeout', 'clearTimeout']);
  expect(mine.setTimeout).toBe(globalThis.setTimeout);
  expect(mine).not.toHaveProperty('clearTimeout');
  expect(mine.queueMicrotask).toBe(real.queueMicrotask);
  takeOut();
  expect(mine).toEqual({ setTimeout: real.setTimeout, queueMicrotask: real.queueMicrotask, other: 1 });
  const again = installGlobals(mine);
  const fake = jest.fn() as never;
  mine.setTimeout = fake;
  again();
  expect(mine.setTimeout).toBe(fake);
});

describe('without Jest', () => {
  test('earlier imports are affected, too, in CommonJS and in ES modules', () => {
    const commonjs = alone(
      `const loop = new Loop();
      loop.run(() => { timers.setTimeout(() => say('no'), 1); timersPromises.setTimeout(1).then(() => say('no'), e => say(e.name)); });
      say(loop.pending.size); await loop.close(); await new Promise(r => setTimeout(r, 5));`,
      { before: `const timers = require('timers'), timersPromises = require('node:timers/promises');` },
    );
    expect(commonjs).toMatchObject({ out: ['2', 'CancelledError'], err: '', code: 0 });
    const esm = alone(
      `const loop = new Loop();
      loop.run(() => { setTimeout(() => say('no'), 1); sleepFor(1).then(() => say('no'), e => say(e.name)); scheduler.wait(1).catch(e => say(e.name)) });
      say(loop.pending.size); await loop.close(); await new Promise(r => setTimeout(r, 5));`,
      {
        before: `import { setTimeout } from 'node:timers'; import { setTimeout as sleepFor, scheduler } from 'timers/promises';`,
        module: true,
      },
    );
    expect(esm).toMatchObject({ out: ['3', 'CancelledError', 'CancelledError'], err: '', code: 0 });
  });

  test('nothing is replaced before the first Loop', () => {
    const { out } = alone(
      `say(setTimeout === before, require('timers').setTimeout === before);
      new Loop(); new Loop();
      say(setTimeout === before, require('timers').setTimeout === setTimeout);`,
      { before: 'const before = setTimeout;' },
    );
    expect(out).toEqual(['true true', 'false true']);
  });

  test('a closed Loop keeps no process alive', () => {
    const { code, out, err } = alone(`
      const loop = new Loop();
      loop.run(() => { setInterval(() => {}, 1000); setTimeout(() => {}, 100000); });
      loop.callLater(100000, () => {});
      loop.sleep(100000).catch(() => {});
      loop.createTask(() => sleep(100000));
      loop.createTask(signal => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))));
      await new Promise(setImmediate);
      await loop.close();
      say(process.getActiveResourcesInfo().filter(name => /Timeout|Immediate/.test(name)).length);
    `);
    expect({ code, out, err }).toEqual({ code: 0, out: ['0'], err: '' });
  });
});

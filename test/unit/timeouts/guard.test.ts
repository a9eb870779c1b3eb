import { AsyncLocalStorage } from 'node:async_hooks';
import type { Storage } from '../../../src/context/storage';
import { Loop } from '../../../src/loop';
import { CancelledError, isCancelled } from '../../../src/loop/steps/cancellation';
import { currentStep, Step } from '../../../src/loop/steps/step';
import type { AsyncTimeout } from '../../../src/timeouts/clock';
import { Guard } from '../../../src/timeouts/guard';
import type { GuardTarget } from '../../../src/timeouts/guard-target';
import { ManualTime } from '../manual-time';
import { gate, turn } from '../support';

const forever = new Promise<never>(() => {});
const block = (ms: number): void => {
  const end = performance.now() + ms;
  while (performance.now() < end);
};

let loop: Loop;
let step: Step;
let log: unknown[];

/** The error of the last expiry. */
let expired: Error;

function guarded(given: Partial<GuardTarget> = {}): Guard {
  const target: GuardTarget = {
    ms: 5,
    ours: true,
    expired: ms => {
      expired = new Error(`took too long (timeout=${ms}ms)`);
      log.push(`expired, pending: ${[...loop.pending].map(item => item.describe())}`);
      return expired;
    },
    stuck: () => new Error('nothing is left that could wake it'),
    blocked: ms => new Error(`blocked (timeout=${ms}ms)`),
    abort: reason => log.push(['abort', reason]),
    pending: () => [...loop.pending].filter(item => item.step?.within(step)),
    late: error => log.push(['late', String(error)]),
    unwanted: value => log.push(['unwanted', value]),
    ...given,
  };
  return new Guard(step, target, []);
}

/** One with plenty of time. */
const relaxed = (): Guard => guarded({ ms: 5000 });

/** The rejection of a promise. */
async function rejection(work: unknown): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('it was not rejected');
}

beforeEach(() => {
  loop = new Loop();
  loop.grace = 20;
  step = new Step('test', loop, undefined);
  log = [];
});

afterEach(async () => {
  jest.restoreAllMocks();
  await loop.close();
});

describe('a function', () => {
  test('that is in time gives its result, at once if there is nothing to await', async () => {
    expect(relaxed().run(() => 1)).toBe(1);
    expect(await relaxed().run(async () => 1)).toBe(1);
    // biome-ignore lint/suspicious/noThenProperty: the case under test
    expect(await relaxed().run(() => ({ then: (done: (value: number) => void) => done(1) }))).toBe(1);
    expect(log).toEqual([]);
  });

  test('that fails keeps its error', async () => {
    const error = new Error('own');
    const fail = (): never => {
      throw error;
    };
    expect(() => relaxed().run(fail)).toThrow(error);
    expect(await rejection(relaxed().run(async () => fail()))).toBe(error);
    expect(log).toEqual([]);
  });

  test('runs in its step, with values in AsyncLocalStorages that its caller never sees', async () => {
    const storage = new AsyncLocalStorage<string>();
    const guard = new Guard(step, relaxed().target, [[storage as unknown as Storage, 'given']]);
    const seen = guard.run(async () => {
      const first = [currentStep(), storage.getStore()];
      storage.enterWith('entered');
      return first;
    });
    expect([currentStep(), storage.getStore()]).toEqual([undefined, undefined]);
    expect(await seen).toEqual([step, 'given']);
  });

  test('is entered the way its caller wants', () => {
    const enter = (...[, values, call]: [Step, unknown, () => unknown]): unknown => [values, call()];
    expect(relaxed().run(() => 1, enter)).toEqual([[], 1]);
  });

  test.each<[string, () => unknown]>([
    [
      'a getter',
      () =>
        Object.defineProperty({}, 'then', {
          get: () => {
            throw new Error('own');
          },
        }),
    ],
    [
      'a method',
      () => ({
        // biome-ignore lint/suspicious/noThenProperty: the case under test
        then: () => {
          throw new Error('own');
        },
      }),
    ],
  ])('whose `then` throws, as %s, has ended', async (_, make) => {
    const guard = relaxed();
    expect(await rejection((async () => guard.run(make))())).toEqual(new Error('own'));
    expect([guard.hasEnded, guard.abort('too late')]).toEqual([true, false]);
  });

  test('has ended when it is over', async () => {
    const { promise, open } = gate();
    const guard = guarded({ ms: 5000 });
    const states = [guard.hasEnded];
    const run = guard.run(() => {
      states.push(guard.hasEnded);
      return promise;
    });
    states.push(guard.hasEnded);
    open();
    await run;
    expect([...states, guard.hasEnded]).toEqual([false, false, false, true]);
  });
});

describe('on its limit', () => {
  test('its signal aborts, its waits reject, and it fails when it has ended', async () => {
    const run = guarded().run(async () => {
      try {
        await loop.sleep(5000);
      } catch (error) {
        log.push(`cancelled: ${isCancelled(error) && (error as CancelledError).reason === expired}`);
        throw error;
      } finally {
        log.push('finally');
      }
    });
    expect(await rejection(run)).toBe(expired);
    expect(log).toEqual(['expired, pending: sleep(5000)', ['abort', expired], 'cancelled: true', 'finally']);
    expect(expired.message).toBe('took too long (timeout=5ms)');
    expect(expired.cause).toBeUndefined();
  });

  test('it may still wait while it ends, within its grace period', async () => {
    const run = guarded({ ms: 200 }).run(async () => {
      try {
        await loop.sleep(5000);
      } finally {
        await loop.sleep(1);
        log.push('cleaned up');
      }
    });
    await rejection(run);
    expect(log).toContain('cleaned up');
  });

  test('it may still wait after the machine has stalled for as long as that', async () => {
    const run = guarded({ ms: 60 }).run(async () => {
      try {
        await loop.sleep(5000);
      } finally {
        block(80);
        await loop.sleep(1);
        log.push('cleaned up');
      }
    });
    await rejection(run);
    expect(log).toContain('cleaned up');
  });

  test('it fails even if it swallows the cancellation', async () => {
    const run = guarded().run(() => loop.sleep(5000).catch(() => 'swallowed'));
    expect(await rejection(run)).toBe(expired);
    expect(log).toContainEqual(['unwanted', 'swallowed']);
  });

  test('an error that it throws then is the cause', async () => {
    const own = new Error('own');
    const run = guarded().run(() => loop.sleep(5000).catch(() => Promise.reject(own)));
    expect(await rejection(run)).toBe(expired);
    expect(expired.cause).toBe(own);
    expect(Object.keys(expired)).toEqual([]);
  });

  test.each<[string, () => unknown]>([
    ['the reason', () => expired],
    ['a cancellation', () => new CancelledError()],
    ['an abort', () => Object.assign(new Error('aborted'), { name: 'AbortError', cause: expired })],
  ])('an echo of the cancellation is no cause: %s', async (_, make) => {
    const run = guarded().run(() => loop.sleep(5000).catch(() => Promise.reject(make())));
    expect(await rejection(run)).toBe(expired);
    expect(expired.cause).toBeUndefined();
    expect(log.filter(each => Array.isArray(each) && each[0] === 'late')).toEqual([]);
  });

  test('an error that wraps the expiry is its cause, without a circle', async () => {
    const wrapper = new Error('closing failed');
    const outer = new Error('no end', { cause: wrapper });
    const run = guarded().run(() =>
      loop.sleep(5000).catch(() => {
        wrapper.cause = expired;
        throw outer;
      }),
    );
    expect(await rejection(run)).toBe(expired);
    expect([expired.cause, outer.cause, wrapper.cause]).toEqual([outer, wrapper, undefined]);
    expect(log.filter(each => Array.isArray(each) && each[0] === 'late')).toEqual([]);
  });

  test('where it cannot be told apart from the expiry, it is not lost', async () => {
    const run = guarded().run(() =>
      loop.sleep(5000).catch(() => {
        throw Object.freeze(new Error('closing failed', { cause: expired }));
      }),
    );
    expect(await rejection(run)).toBe(expired);
    expect(expired.cause).toBeUndefined();
    expect(log).toContainEqual(['late', 'Error: closing failed']);
  });

  test('it is given up if it does not end within its grace period', async () => {
    const run = guarded().run(() => forever);
    expect(await rejection(run)).toBe(expired);
    expect(step.givenUpItself).toBe(true);
  });

  test('the tasks and branches that it started may end, too, within its grace period', async () => {
    const cleaning = (name: string, ms: number) => async () => {
      try {
        await loop.sleep(5000);
      } finally {
        await loop.sleep(ms);
        log.push(name);
      }
    };
    const run = guarded({ ms: 300 }).run(() => {
      void loop.createTask(cleaning('task', 1)).catch(() => {});
      return Promise.all([cleaning('branch', 1)(), cleaning('other branch', 1)()]);
    });
    await rejection(run);
    expect(log.slice(-3).sort()).toEqual(['branch', 'other branch', 'task']);
  });

  test('a task that fails while it ends is no lost error', async () => {
    const failing = async (): Promise<void> => {
      await loop.sleep(5000).catch(() => loop.sleep(1));
      throw new Error('clean-up failed');
    };
    const seen: unknown[] = [];
    loop.setExceptionHandler((_, { exception }) => void seen.push(exception));
    await rejection(
      guarded({ ms: 200 }).run(() =>
        Promise.all([loop.createTask(failing).catch(() => {}), loop.sleep(5000)]),
      ),
    );
    const alone = (): Promise<void> => {
      loop.createTask(failing);
      return loop.sleep(5000);
    };
    await rejection(guarded({ ms: 200 }).run(alone));
    await new Promise(resolve => setImmediate(resolve));
    expect(seen).toEqual([new Error('clean-up failed')]);
  });

  test('its remaining work is dropped silently', async () => {
    const run = guarded().run(async () => {
      await loop.sleep(5000).catch(() => {});
      loop.callLater(0, () => log.push('fired'));
      void loop.sleep(50).then(() => log.push('woke'));
    });
    await rejection(run);
    expect(loop.pending.size).toBe(0);
    await new Promise(resolve => setTimeout(resolve, 100));
    expect(log.filter(each => each === 'woke')).toEqual([]);
  });

  test("its own pending work is cancelled, others' is not", async () => {
    const others = loop.sleep(30);
    const run = guarded().run(async () => {
      loop.callLater(10, () => log.push('fired'));
      void loop.createTask(() => loop.sleep(5000).finally(() => log.push('task ended')));
      await forever;
    });
    await rejection(run);
    expect(log).toContain('task ended');
    await others;
    expect(log).not.toContain('fired');
  });
});

describe('of a function that was given up', () => {
  test('an error is reported', async () => {
    const { promise, fail } = gate();
    await rejection(guarded().run(() => promise));
    fail(new Error('too late'));
    await promise.catch(() => {});
    expect(log.at(-1)).toEqual(['late', 'Error: too late']);
  });

  test.each<[string, () => unknown]>([
    ['the reason', () => expired],
    ['a cancellation', () => new CancelledError()],
    ['an abort', () => new DOMException('aborted', 'AbortError')],
  ])('an echo of the cancellation is no error: %s', async (_, make) => {
    const { promise, fail } = gate();
    await rejection(guarded().run(() => promise));
    const known = log.length;
    fail(make());
    await promise.catch(() => {});
    expect(log.slice(known)).toEqual([]);
  });

  test('a value goes to `unwanted`', async () => {
    const { promise, open } = gate<string>();
    await rejection(guarded().run(() => promise));
    open('value');
    await promise;
    expect(log.at(-1)).toEqual(['unwanted', 'value']);
  });

  test('a value may be dropped', async () => {
    const { promise, open } = gate<string>();
    await rejection(guarded({ unwanted: undefined }).run(() => promise));
    open('value');
    await promise;
  });
});

describe('aborted', () => {
  test('it fails with that error, as on its limit', async () => {
    const why = new Error('another failed');
    const guard = guarded({ ms: 5000 });
    const run = guard.run(() => loop.sleep(5000).finally(() => log.push('finally')));
    expect(guard.abort(why)).toBe(true);
    expect(await rejection(run)).toBe(why);
    expect(log).toEqual([['abort', why], 'finally']);
  });

  test('it can be aborted once, and only while it waits', async () => {
    const guard = guarded({ ms: 5000 });
    const answers = [guard.abort(1)];
    const run = guard.run(() => {
      // Synchronous code cannot be stopped.
      answers.push(guard.abort(2));
      return loop.sleep(5000);
    });
    answers.push(guard.abort(3), guard.abort(4));
    expect(await rejection(run)).toBe(3);
    expect([...answers, guard.abort(5)]).toEqual([false, false, true, false, false]);
  });

  test('it has a grace period of at most a second, whatever its limit', async () => {
    const time = new ManualTime();
    try {
      const guard = guarded({ ms: Number.POSITIVE_INFINITY });
      const run = guard.run(() => forever);
      guard.abort('enough');
      time.advance(999);
      await turn();
      expect(guard.hasEnded).toBe(false);
      time.advance(1);
      expect(await rejection(run)).toBe('enough');
    } finally {
      time.restore();
    }
  });

  test.each<[string, unknown]>([
    ['a text', 'enough'],
    ['frozen', Object.freeze(new Error('enough'))],
    ['caused by something', new Error('enough', { cause: 'something' })],
  ])('where the reason has no room for what it throws then, that is not lost: %s', async (_, why) => {
    const guard = guarded({ ms: 5000 });
    const run = guard.run(() => loop.sleep(5000).catch(() => Promise.reject(new Error('own'))));
    guard.abort(why);
    expect(await rejection(run)).toBe(why);
    expect(log).toContainEqual(['late', 'Error: own']);
  });
});

describe('the thread blocked beyond a limit', () => {
  test('of the package fails a synchronous function afterwards', () => {
    expect(() => guarded().run(() => block(10))).toThrow('blocked (timeout=5ms)');
    expect(log).toEqual([['unwanted', undefined]]);
  });

  test('fails an async function as well', async () => {
    const run = guarded().run(async () => {
      await null;
      block(10);
      return 'value';
    });
    expect(await rejection(run)).toEqual(new Error('blocked (timeout=5ms)'));
    expect(log).toEqual([['unwanted', 'value']]);
  });

  test('counts from the call', async () => {
    const run = guarded().run(async () => {
      block(10);
      await null;
    });
    expect(await rejection(run)).toEqual(new Error('blocked (timeout=5ms)'));
  });

  test("of Jest's passes, as in Jest", async () => {
    expect(guarded({ ours: false }).run(() => block(10))).toBeUndefined();
    await guarded({ ours: false }).run(async () => block(10));
  });

  test("that the function itself set is one of the package's", () => {
    const guard = guarded({ ours: false, ms: 5000 });
    expect(() =>
      guard.run(() => {
        guard.clock.set(1);
        block(5);
      }),
    ).toThrow('blocked (timeout=1ms)');
  });

  test('keeps the error of a function that fails by itself', () => {
    const fail = (): never => {
      block(10);
      throw new Error('own');
    };
    expect(() => guarded().run(fail)).toThrow('own');
  });
});

describe('the clock', () => {
  test('may be restarted by the function', async () => {
    const guard = guarded({ ms: 5000 });
    const run = guard.run(async () => {
      guard.clock.set(5);
      await forever;
    });
    await rejection(run);
    expect(expired.message).toBe('took too long (timeout=5ms)');
  });

  test('that is set longer lets the function go on', async () => {
    const guard = guarded({ ms: 20 });
    const run = guard.run(async () => {
      guard.clock.set(5000);
      await loop.sleep(40);
      return 'in time';
    });
    expect(await run).toBe('in time');
  });

  test('of Infinity never expires', async () => {
    expect(await guarded({ ms: Number.POSITIVE_INFINITY }).run(() => loop.sleep(5).then(() => 1))).toBe(1);
    expect(guarded({ ms: Number.POSITIVE_INFINITY }).run(() => block(2))).toBeUndefined();
  });

  test('is one per function', () => {
    const guard = guarded();
    expect([guard.clock, guard.ms]).toEqual([guard.clock, 5]);
    expect(guard.clock).toBe(guard.clock);
  });

  test('does not expire under a debugger', async () => {
    jest.replaceProperty(process, 'execArgv', [...process.execArgv, '--inspect']);
    expect(await guarded().run(() => loop.sleep(20).then(() => 'in time'))).toBe('in time');
    expect(guarded().run(() => block(10))).toBeUndefined();
    expect(log).toEqual([]);
  });
});

describe("a clock of the user's", () => {
  const clockOf = (given: Partial<AsyncTimeout> = {}): AsyncTimeout => ({ set: () => {}, ...given });

  test('expires when it likes', async () => {
    let expire!: () => void;
    const clock = clockOf({ timeout: 7, start: fn => (expire = fn), stop: () => log.push('stop') });
    const run = guarded({ clock, ms: 1 }).run(() => loop.sleep(5000));
    setTimeout(expire, 10);
    expect(await rejection(run)).toBe(expired);
    expect(expired.message).toBe('took too long (timeout=7ms)');
    expect(log.filter(each => each === 'stop')).toHaveLength(1);
  });

  test('that never expires lets the function go on; it is stopped once', async () => {
    const calls: string[] = [];
    const clock = clockOf({ start: () => calls.push('start'), stop: () => calls.push('stop') });
    await guarded({ clock, ms: 1 }).run(() => loop.sleep(10));
    await rejection(guarded({ clock, ms: 1 }).run(() => Promise.reject(new Error('own'))));
    expect(calls).toEqual(['start', 'stop', 'start', 'stop']);
  });

  test('that expires too late, or twice, does nothing', async () => {
    let expire!: () => void;
    const clock = clockOf({ start: fn => (expire = fn) });
    expect(await guarded({ clock }).run(async () => 1)).toBe(1);
    expire();
    const run = guarded({ clock }).run(() => loop.sleep(5000));
    expire();
    expire();
    await rejection(run);
    expect(log.filter(each => String(each).startsWith('expired'))).toHaveLength(1);
  });

  test('may expire at once', async () => {
    const clock = clockOf({ start: expire => expire() });
    expect(await rejection(guarded({ clock }).run(() => loop.sleep(5000)))).toBe(expired);
  });

  test('without `start` supplies the limit', async () => {
    const clock = clockOf({ timeout: 6, stop: () => log.push('stop') });
    await rejection(guarded({ clock, ms: 5000 }).run(() => loop.sleep(5000)));
    expect(expired.message).toBe('took too long (timeout=6ms)');
    expect(log.filter(each => each === 'stop')).toHaveLength(1);
    await rejection(guarded({ clock: clockOf(), ms: 4 }).run(() => loop.sleep(5000)));
    expect(expired.message).toBe('took too long (timeout=4ms)');
  });

  test('without `start` supplies the limit again when it is set', async () => {
    let timeout = 5000;
    const set = (ms: number): void => {
      timeout = ms * 2;
    };
    const clock = Object.defineProperty(clockOf({ set }), 'timeout', { get: () => timeout });
    const guard = guarded({ clock, ms: 5000 });
    const run = guard.run(async () => {
      guard.clock.set(4);
      await loop.sleep(5000);
    });
    await rejection(run);
    expect(expired.message).toBe('took too long (timeout=8ms)');
  });

  test('that throws fails the function, or is reported', async () => {
    const fail = (what: string) => (): never => {
      throw new Error(what);
    };
    const starts = clockOf({ start: fail('start') });
    expect(() => guarded({ clock: starts }).run(() => loop.sleep(5000))).toThrow('start');
    const stops = clockOf({ start: () => {}, stop: fail('stop') });
    expect(await guarded({ clock: stops }).run(async () => 1)).toBe(1);
    expect(log.at(-1)).toEqual(['late', 'Error: stop']);
  });

  test('is started and stopped for a synchronous function as well', () => {
    const clock = clockOf({ start: () => log.push('start'), stop: () => log.push('stop') });
    expect(guarded({ clock, ours: false }).run(() => block(10))).toBeUndefined();
    expect(log).toEqual(['start', 'stop']);
  });
});

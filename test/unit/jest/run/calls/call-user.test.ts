import type { ErrorFactory } from '../../../../../src/errors/problem';
import type { Callee, UserFn } from '../../../../../src/jest/file/registered';
import { callUserFunction } from '../../../../../src/jest/run/calls/call-user';
import { failure } from '../../../support';

/** Errors that expose the frames they show. */
const makeError: ErrorFactory = ({ message, frames }) => Object.assign(new Error(message), { frames });

const SELF = {};
const SITE = { at: 'a.test.ts:3', path: '/p/a.test.ts', line: 3 };
const late = jest.fn();
let givenUp = false;
beforeEach(() => {
  late.mockReset();
  givenUp = false;
});
const FRAMES = '    at test (/p/a.test.ts:3:1)';
type Done = (reason?: unknown) => void;

function call(
  fn: UserFn,
  { deps = [], isHook = false, ...callee }: Partial<Callee> & { deps?: unknown[]; isHook?: boolean } = {},
) {
  const requester = () => ({ label: 'test "adds"', site: { ...SITE, frames: FRAMES } });
  const calling = { isHook, makeError, requester, givenUp: () => givenUp, late };
  return callUserFunction({ fn, row: [], takesDone: false, ...callee }, SELF, deps, calling);
}

const withDone = (fn: (done: Done) => unknown) => call(fn as UserFn, { takesDone: true });

describe('a function', () => {
  test('gets `this`, the values of its row, and then the fixtures', () => {
    const fn = jest.fn(function (this: unknown) {
      expect(this).toBe(SELF);
    });
    call(fn, { row: [1, 2], deps: [{ db: 3 }] });
    expect(fn).toHaveBeenCalledWith(1, 2, { db: 3 });
  });

  test('that returns nothing is not awaited', () => {
    expect(call(() => {})).toBeUndefined();
  });

  test('may return a promise', async () => {
    await expect(call(async () => {})).resolves.toBeUndefined();
    await expect(call(() => Promise.reject(new Error('boom')))).rejects.toThrow('boom');
  });

  test('may throw', () => {
    expect(() =>
      call(() => {
        throw new Error('boom');
      }),
    ).toThrow('boom');
  });

  test('may return a value only in a hook', async () => {
    expect(call(() => 5, { isHook: true })).toBeUndefined();
    expect(await failure(() => call(() => 5))).toBe('test functions can only return Promise or undefined.');
    expect(() => call(() => null)).toThrow('Returned value: null');
    expect(() => call(() => null)).toThrow(expect.objectContaining({ frames: FRAMES }));
  });
});

describe('a generator', () => {
  test('runs to its end, and gets the outcomes of the promises that it yields', async () => {
    const seen: unknown[] = [];
    await call(function* (): Generator<unknown, void, unknown> {
      seen.push(yield Promise.resolve(1));
      try {
        yield Promise.reject(2);
      } catch (error) {
        seen.push(error);
      }
    });
    expect(seen).toEqual([1, 2]);
  });

  test('gets the outcomes of generators, of callbacks, and of those in arrays and objects', async () => {
    const inner = function* (): Generator<unknown, number, unknown> {
      return ((yield Promise.resolve(1)) as number) + 1;
    };
    const seen: unknown[] = [];
    await call(function* (): Generator<unknown, void, unknown> {
      seen.push(yield inner(), yield inner);
      seen.push(yield (callback: (error: unknown, ...results: unknown[]) => void) => callback(null, 3));
      seen.push(yield (callback: (error: unknown, ...results: unknown[]) => void) => callback(null, 4, 5));
      seen.push(yield [inner(), Promise.resolve(6), 7], yield { a: inner(), b: 8 });
      try {
        yield (callback: (error: unknown) => void) => callback('failed');
      } catch (error) {
        seen.push(error);
      }
    });
    expect(seen).toEqual([2, 2, 3, [4, 5], [2, 6, 7], { a: 2, b: 8 }, 'failed']);
  });

  test('cannot wait for plain values', async () => {
    const run = call(function* () {
      yield 5;
    });
    await expect(run).rejects.toThrow('the following object was passed: "5"');
  });

  test('fails with what it throws', async () => {
    const run = call(function* () {
      yield Promise.resolve();
      throw new Error('boom');
    });
    await expect(run).rejects.toThrow('boom');
  });

  test('that is async is a mistake', () => {
    expect(() =>
      call(async function* () {
        yield;
      }),
    ).toThrow('The function of test "adds" is an async generator, which Jest would never run.');
  });

  test('that another function returns is a returned value', () => {
    const make = function* (): Generator {
      yield;
    };
    expect(() => call(() => make())).toThrow('can only return Promise or undefined');
  });
});

describe('`done`', () => {
  test('comes last, and ends the test', async () => {
    const fn = jest.fn((...args: unknown[]) => (args.at(-1) as Done)());
    await call(fn, { row: [1], deps: [2], takesDone: true });
    expect(fn).toHaveBeenCalledWith(1, 2, expect.any(Function));
  });

  test('may be called later', async () => {
    await expect(withDone(done => void setImmediate(done))).resolves.toBeUndefined();
  });

  test('takes an error or another reason', async () => {
    const error = new Error('boom');
    await expect(withDone(done => done(error))).rejects.toBe(error);
    expect(await failure(() => withDone(done => done('no reason')))).toBe('Failed: "no reason"');
  });

  test('shows who called it', async () => {
    const reason = withDone(done => done('no reason'));
    const twice = withDone(done => {
      done();
      done();
    });
    const failures = await Promise.allSettled([reason, twice]);
    // An error that is made without frames shows those of the current call.
    for (const each of failures) expect(each).toMatchObject({ reason: { frames: undefined } });
    expect((failures[0] as PromiseRejectedResult).reason.stack).toContain('call-user.test.ts');
  });

  test('without a reason passes, even a false one', async () => {
    await expect(withDone(done => done(null))).resolves.toBeUndefined();
    await expect(withDone(done => done(0))).resolves.toBeUndefined();
  });

  test('called twice is a mistake, for the caller and the test', async () => {
    let thrown: unknown;
    const run = withDone(done => {
      done();
      try {
        done('again');
      } catch (error) {
        thrown = error;
      }
    });
    await expect(run).rejects.toThrow('called multiple times. Reason: "again"');
    await expect(run).rejects.toBe(thrown);
  });

  test('called again after the end has no effect, except for an error', async () => {
    let done!: Done;
    await withDone(given => {
      done = given;
      given();
    });
    done();
    expect(late).not.toHaveBeenCalled();
    const error = new Error('boom');
    done(error);
    done('text');
    expect(late.mock.calls).toEqual([[error], [expect.objectContaining({ message: 'Failed: "text"' })]]);
  });

  test('reports an error only once', async () => {
    const error = new Error('boom');
    let done!: Done;
    await withDone(given => {
      done = given;
      given(error);
    })?.then(undefined, () => {});
    done(error);
    expect(late).not.toHaveBeenCalled();
  });

  test('called twice after the call was given up has no effect', () => {
    void withDone(done => {
      givenUp = true;
      done();
      done();
    });
    expect(late).not.toHaveBeenCalled();
  });

  test('is never called by an async generator', async () => {
    const run = withDone(async function* () {
      yield;
    });
    await expect(run).rejects.toThrow('is an async generator, which Jest would never run');
  });

  test('cannot be combined with a returned value', async () => {
    const run = withDone(done => {
      done();
      return 5;
    });
    await expect(run).rejects.toThrow(
      /cannot both take a 'done' callback and return something[\s\S]*Returned value: 5/,
    );
  });

  test('is not awaited if the function throws', async () => {
    await expect(
      withDone(() => {
        throw new Error('boom');
      }),
    ).rejects.toThrow('boom');
  });
});

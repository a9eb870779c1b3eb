import { AsyncLocalStorage } from 'node:async_hooks';
import type { ContextValues } from '../../../src/context/enter';
import { watchContext } from '../../../src/context/watch';
import { Loop } from '../../../src/loop';
import { Step } from '../../../src/loop/steps/step';
import {
  type FixtureCall,
  fixtureInvocation,
  type Invocation,
  type Records,
} from '../../../src/timeouts/invocation';
import { makeError, REQUESTER } from '../support';

let loop: Loop;
let unwatch: () => void;
const aborted: unknown[] = [];

beforeEach(() => {
  loop = new Loop();
  unwatch = watchContext();
  aborted.length = 0;
});
afterEach(async () => {
  unwatch();
  await loop.close();
});

/** An invocation in {@link loop}; `values` and `records` as {@link fixtureInvocation} takes them. */
function invocation(
  given: Partial<FixtureCall> & { values?: ContextValues; records?: Records } = {},
): Invocation {
  const { values = [], records, ...others } = given;
  const step = new Step('test', loop, undefined);
  const call: FixtureCall = {
    realm: {
      makeError,
      pendingOf: () => loop.pending,
      waiting: () => [...loop.pending].map(each => each.describe()),
    },
    step,
    limit: { ms: 5000, ours: true },
    named: REQUESTER,
    timedOut: (ms, waiting) => ({ code: 'ERR_TIMEOUT', message: `${ms} ms, waiting for ${waiting.join()}` }),
    blocked: ms => ({ code: 'ERR_TIMEOUT', message: `blocked for ${ms} ms` }),
    abort: reason => aborted.push(reason),
    late: () => {},
    ...others,
  };
  return fixtureInvocation(call, values, records);
}

test('a call has its values, and passes its result on', async () => {
  const storage = new AsyncLocalStorage<unknown>();
  const call = invocation({ values: [[storage, 'inside']] });
  expect(await call.run(async () => storage.getStore())).toBe('inside');
  expect([storage.getStore(), call.left()]).toEqual([undefined, []]);
});

test('on expiry the error names the pending work, and the signal aborts', async () => {
  const call = invocation({ limit: { ms: 5, ours: true } });
  const error = await (call.run(() => loop.sleep(5000)) as Promise<unknown>).catch(thrown => thrown);
  expect(String(error)).toMatch(/^Error: 5 ms, waiting for sleep\(5000\)/);
  expect(aborted).toEqual([error]);
});

test('a call that is aborted rejects with that error', async () => {
  const call = invocation();
  const result = call.run(() => loop.sleep(5000)) as Promise<unknown>;
  const enough = new Error('enough');
  expect([call.abort(enough), call.abort('again')]).toEqual([true, false]);
  await expect(result).rejects.toBe(enough);
});

test('a blocked thread is an error of its own', () => {
  const call = invocation({ limit: { ms: 1, ours: true } });
  const block = (): void => {
    const end = performance.now() + 5;
    while (performance.now() < end);
  };
  expect(() => call.run(block)).toThrow('blocked for 1 ms');
});

test('the clock is there until the call has ended', async () => {
  const call = invocation();
  const result = call.run(() => loop.sleep(0));
  expect(call.openClock!.timeout).toBe(5000);
  await result;
  expect(call.openClock).toBeUndefined();
});

test('values that a recorded call leaves are captured as the followed promise settles', async () => {
  const storage = new AsyncLocalStorage<unknown>();
  const call = invocation({ records: 'followed' });
  await call.run(() => {
    const work = (async () => {
      await undefined;
      storage.enterWith('left');
    })();
    call.follow(work);
    return work;
  });
  expect(call.left()).toEqual([[storage, 'left']]);
});

test('what a recorded call leaves is captured as its result settles', async () => {
  const storage = new AsyncLocalStorage<unknown>();
  const call = invocation({ records: 'result' });
  await call.run(async () => {
    await undefined;
    storage.enterWith('left');
  });
  expect(call.left()).toEqual([[storage, 'left']]);
});

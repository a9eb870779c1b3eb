import * as timers from 'node:timers/promises';
import { CancelledError, Loop } from '../../../../src/loop';
import { runIn, Step } from '../../../../src/loop/steps/step';
import { alone, newLoop, rejection, turn, wait } from '../support';

let loop: Loop;
beforeEach(() => {
  loop = newLoop();
});

const pending = (): string[] => [...loop.pending].map(item => item.describe());

test('outside of a Loop they are Node’s', async () => {
  expect(await timers.setTimeout(1, 'value')).toBe('value');
  expect(await timers.setImmediate('now')).toBe('now');
  await timers.scheduler.wait(1);
  const ticks = timers.setInterval(1, 'tick')[Symbol.asyncIterator]();
  expect(await ticks.next()).toEqual({ value: 'tick', done: false });
  await ticks.return?.();
  expect(pending()).toEqual([]);
});

test('inside a Loop they give the same and belong to it', async () => {
  await loop.run(async () => {
    const waiting = [timers.setTimeout(1, 'value'), timers.setImmediate('now'), timers.scheduler.wait(1)];
    expect(pending()).toEqual(['setTimeout(1)', 'setImmediate()', 'scheduler.wait(1)']);
    expect(await Promise.all(waiting)).toEqual(['value', 'now', undefined]);
    expect(await timers.setTimeout()).toBe(undefined);
    expect(pending()).toEqual([]);
  });
});

test('the interval ticks and ends with its Loop', async () => {
  const seen: string[] = [];
  await loop.run(async () => {
    for await (const tick of timers.setInterval(1, 'tick')) {
      seen.push(tick);
      if (seen.length === 3) break;
    }
  });
  expect(seen).toEqual(['tick', 'tick', 'tick']);
  expect(pending()).toEqual([]);
});

test('the interval belongs to the Loop of its call', async () => {
  const other = newLoop();
  const interval = loop.run(() => timers.setInterval(1000));
  const next = other.run(() => rejection(interval[Symbol.asyncIterator]().next()));
  await turn();
  expect([pending(), other.pending.size]).toEqual([['setInterval(1000)'], 0]);
  await loop.close();
  expect(await next).toBeInstanceOf(CancelledError);
});

test.each<[string, () => Promise<unknown>]>([
  ['setTimeout', () => timers.setTimeout(10_000)],
  ['scheduler.wait', () => timers.scheduler.wait(10_000)],
  [
    'setInterval',
    async () => {
      for await (const _ of timers.setInterval(10_000));
    },
  ],
])('cancelling a task rejects its %s', async (_, begin) => {
  const log: string[] = [];
  const task = loop.createTask(async () => {
    try {
      await begin();
    } finally {
      await timers.setTimeout(1);
      log.push('cleaned up');
    }
  });
  await turn();
  task.cancel('why');
  expect(await rejection(task)).toMatchObject({ name: 'CancelledError', reason: 'why' });
  expect(log).toEqual(['cleaned up']);
  expect(pending()).toEqual([]);
});

describe('the signal', () => {
  test.each<[string, (signal: AbortSignal) => Promise<unknown>]>([
    ['setTimeout', signal => timers.setTimeout(10_000, undefined, { signal })],
    ['setImmediate', signal => timers.setImmediate(undefined, { signal })],
    ['scheduler.wait', signal => timers.scheduler.wait(10_000, { signal })],
    [
      'setInterval',
      async signal => {
        for await (const _ of timers.setInterval(10_000, undefined, { signal }));
      },
    ],
  ])('of the user ends %s as ever', async (_, begin) => {
    const outcomes = [];
    for (const where of [<T>(fn: () => T) => fn(), <T>(fn: () => T) => loop.run(fn)]) {
      const controller = new AbortController();
      const waiting = where(() => rejection(begin(controller.signal)));
      controller.abort('why');
      const aborted = (await where(() => rejection(begin(AbortSignal.abort('before'))))) as Error;
      const { name, code, cause } = (await waiting) as Error & { code: string };
      outcomes.push({ name, code, cause, before: [aborted.name, aborted.cause] });
    }
    expect(outcomes[0]).toMatchObject({ name: 'AbortError', code: 'ABORT_ERR', cause: 'why' });
    expect(outcomes[1]).toEqual(outcomes[0]);
    expect(pending()).toEqual([]);
  });

  test('has no listener left at the end', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const remove = jest.spyOn(signal, 'removeEventListener');
    const add = jest.spyOn(signal, 'addEventListener');
    await loop.run(async () => {
      await timers.setTimeout(1, undefined, { signal });
      for await (const _ of timers.setInterval(1, undefined, { signal })) break;
    });
    const task = loop.createTask(() => timers.setTimeout(10_000, undefined, { signal }));
    await turn();
    task.cancel();
    await rejection(task);
    expect(add).toHaveBeenCalledTimes(3);
    expect(remove.mock.calls.length).toBeGreaterThanOrEqual(3);
    controller.abort();
    await turn();
  });
});

test.each<[string, () => unknown]>([
  ['setTimeout', () => timers.setTimeout(1, undefined, 5 as never)],
  ['setTimeout with null', () => timers.setTimeout(1, undefined, null as never)],
  ['setTimeout with a bad signal', () => timers.setTimeout(1, undefined, { signal: 5 as never })],
  ['setTimeout with a bad ref', () => timers.setTimeout(1, undefined, { ref: 5 as never })],
  ['setImmediate', () => timers.setImmediate(undefined, 'no' as never)],
  ['scheduler.wait', () => timers.scheduler.wait(1, 5 as never)],
  [
    'setInterval',
    () =>
      timers
        .setInterval(1, undefined, 5 as never)
        [Symbol.asyncIterator]()
        .next(),
  ],
])('what Node refuses is refused as Node does: %s', async (_, begin) => {
  const outside = await rejection((async () => begin())());
  const inside = await rejection(loop.run(async () => begin()));
  expect(outside).toMatchObject({ code: 'ERR_INVALID_ARG_TYPE' });
  expect(String(inside)).toBe(String(outside));
  expect(pending()).toEqual([]);
});

test('in a closed Loop they wait forever', async () => {
  const log: string[] = [];
  let open!: () => void;
  const gate = new Promise<void>(resolve => {
    open = resolve;
  });
  for (const begin of [
    () => timers.setTimeout(1),
    () => timers.setImmediate(),
    () => timers.scheduler.wait(1),
  ])
    loop
      .run(async () => {
        await gate;
        await begin();
      })
      .finally(() => log.push('went on'));
  await loop.close();
  open();
  await wait(5);
  expect(log).toEqual([]);
});

test('a marker can forbid them', () => {
  const step = new Step('body', loop, undefined, undefined, { timers: true });
  const calls: (() => unknown)[] = [
    () => timers.setTimeout(1),
    () => timers.setImmediate(),
    () => timers.setInterval(1),
    () => timers.scheduler.wait(1),
  ];
  const messages = calls.map(call => {
    try {
      return String(runIn(step, call));
    } catch (error) {
      return (error as Error).message.split('\n')[0];
    }
  });
  expect(messages).toEqual([
    'setTimeout is forbidden',
    'setImmediate is forbidden',
    'setInterval is forbidden',
    'scheduler.wait is forbidden',
  ]);
});

test('they belong to no Loop where none is current', async () => {
  await loop.run(async () => {
    await using _none = new Loop({ newLoop: false });
    expect(await timers.setTimeout(1, 'value')).toBe('value');
    for await (const tick of timers.setInterval(1, 'tick')) {
      expect(tick).toBe('tick');
      break;
    }
  });
});

test('a cancelled wait is no unhandled rejection and keeps no process alive', () => {
  const { code, out, err } = alone(`
    const timers = require('node:timers/promises');
    const loop = new Loop();
    const task = loop.createTask(() => timers.setTimeout(100000));
    loop.createTask(async () => { for await (const _ of timers.setInterval(100000)); });
    loop.createTask(async () => { await timers.setTimeout(100000, undefined, { ref: false }) });
    await new Promise(setImmediate);
    task.cancel();
    await loop.close();
    say('closed');
  `);
  expect({ code, out, err }).toEqual({ code: 0, out: ['closed'], err: '' });
});

import { type Loop, sleep } from '../../../src/loop';
import { placeOf } from '../../../src/loop/steps/pending-work';
import { newLoop, Recorder, real, turn, until, wait } from './support';

let loop: Loop;
let recorder: Recorder;
beforeEach(() => {
  loop = newLoop({ name: 'main', debug: true });
  recorder = new Recorder(loop);
});

const block = (ms: number): void => {
  for (const until = real.now() + ms; real.now() < until; );
};
/** Places of this file, without columns. */
const here = (text: string): string =>
  text
    .replace(/at (?:.*? \()?\S*\/debug\.test\.ts:\d+:\d+\)?/, 'at debug.test.ts')
    .replace(/\d+ ms/, 'so many ms');

test('can be turned on and off', () => {
  expect(loop.debug).toBe(true);
  loop.setDebug(false);
  expect(loop.debug).toBe(false);
  expect(newLoop().debug).toBe(false);
});

test('tasks, timers and waits record where they were created', async () => {
  loop.run(() => {
    void sleep(0);
    void loop.sleep(0);
    setTimeout(() => {}, 1000);
    setInterval(() => {}, 1000);
  });
  loop.callSoon(() => {});
  loop.callLater(0, () => {});
  loop.callAt(0, () => {});
  loop.createTask(() => {}).catch(() => {});
  const places = [...loop.pending].map(item => here(placeOf(item)));
  expect(places).toEqual(Array(8).fill(', created at debug.test.ts'));
  await turn();
});

test('long delays are always recorded, short ones only in debug mode', async () => {
  loop.setDebug(false);
  loop.run(() => {
    void sleep(5);
    setTimeout(() => {}, 5);
    void sleep(0);
    setTimeout(() => {}, 1);
    setImmediate(() => {});
  });
  loop.createTask(() => {});
  expect([...loop.pending].map(item => item.site !== undefined)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
  await wait(10);
  loop.tracing = true;
  loop.run(() => {
    void sleep(0);
    setTimeout(() => {}, 1);
    setImmediate(() => {});
  });
  expect([...loop.pending].map(item => item.site !== undefined)).toEqual([true, true, true]);
  await wait(5);
});

test('a blocking callback is reported with its place', async () => {
  recorder.run(() => {
    setTimeout(() => block(110), 1);
    setImmediate(() => block(1));
    loop.callSoon(() => block(110));
    const task = loop.createTask(async () => block(110), { name: 'busy' });
    task.catch(() => {});
  });
  await until(() => recorder.contexts.length === 3);
  expect(recorder.contexts.map(({ message }) => here(message)).sort()).toEqual([
    'The callback of callSoon blocked for so many ms, created at debug.test.ts',
    'The callback of setTimeout(fn, 1) blocked for so many ms, created at debug.test.ts',
    'The callback of task "busy" blocked for so many ms, created at debug.test.ts',
  ]);
  expect(recorder.exceptions).toEqual([undefined, undefined, undefined]);
});

test('so is one that throws', async () => {
  loop.setExceptionHandler((_, { message }) => recorder.caught({ message }));
  loop.callSoon(() => {
    block(110);
    throw new Error('boom');
  });
  await wait(5);
  expect(recorder.messages.map(here)).toEqual([
    'Exception in the callback of callSoon',
    'The callback of callSoon blocked for so many ms, created at debug.test.ts',
  ]);
});

test('nothing is reported without debug mode', async () => {
  loop.setDebug(false);
  recorder.run(() => loop.callSoon(() => block(110)));
  await wait(5);
  recorder.run(() => loop.createTask(() => {}));
  await turn();
  await recorder.run(() => loop.close());
  expect(recorder.contexts).toEqual([]);
});

describe('tasks that are never awaited', () => {
  test('are reported at close, once per place', async () => {
    for (let i = 0; i < 3; i++) loop.createTask(async () => {}, { name: 'lost' });
    loop.createTask(() => sleep(10_000), { name: 'pending' });
    await turn();
    await recorder.run(() => loop.close());
    expect(recorder.messages.map(here)).toEqual([
      'Task "lost" was never awaited, created at debug.test.ts (3 times)',
      'Task "pending" was never awaited, created at debug.test.ts',
    ]);
    expect(recorder.exceptions).toEqual([undefined, undefined]);
  });

  test('do not include awaited, cancelled or handled ones', async () => {
    await loop.createTask(async () => {});
    const late = loop.createTask(async () => {});
    loop.createTask(async () => {}).catch(() => {});
    loop.createTask(() => sleep(10_000)).cancel();
    void Promise.all([loop.createTask(async () => {})]);
    await turn();
    await late;
    await recorder.run(() => loop.close());
    expect(recorder.contexts).toEqual([]);
  });

  test('are not retained', async () => {
    const collected = jest.fn();
    const registry = new FinalizationRegistry(collected);
    for (let i = 0; i < 10; i++)
      registry.register(
        loop.createTask(async () => {}),
        i,
      );
    await turn();
    expect(loop.pending.size).toBe(0);
    await recorder.run(() => loop.close());
    expect(recorder.messages).toEqual([expect.stringMatching(/\(10 times\)$/)]);
  });
});

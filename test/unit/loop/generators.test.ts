import { CancelledError, getRunningLoop, type Loop } from '../../../src/loop';
import { newLoop, Recorder, stall, turn, until, wait } from './support';

let loop: Loop;
let log: string[];
beforeEach(() => {
  loop = newLoop({ name: 'main' });
  loop.grace = 10_000;
  log = [];
});

async function* ticking(name: string): AsyncGenerator<number, string> {
  try {
    for (let i = 0; ; i++) yield i;
  } catch (error) {
    log.push(`${name}: ${(error as Error).name}`);
    throw error;
  } finally {
    await turn();
    log.push(`${name} finished`);
  }
}

test('track returns the generator, which still works', async () => {
  const generator = ticking('a');
  expect(loop.track(generator)).toBe(generator);
  expect(loop.track(generator)).toBe(generator);
  expect(await generator.next()).toEqual({ value: 0, done: false });
  for await (const value of generator) if (value === 3) break;
  expect(log).toEqual(['a finished']);
  expect(await generator.next()).toEqual({ value: undefined, done: true });
});

test('each gets CancelledError thrown in, then returns, the last first', async () => {
  for (const name of ['a', 'b', 'c']) await loop.track(ticking(name)).next();
  await loop.close();
  expect(log).toEqual([
    'c: CancelledError',
    'c finished',
    'b: CancelledError',
    'b finished',
    'a: CancelledError',
    'a finished',
  ]);
});

test('they are finished in the Loop', async () => {
  let seen: Loop | undefined;
  const generator = loop.track(
    (async function* () {
      try {
        yield 1;
      } finally {
        await loop.sleep(1);
        seen = getRunningLoop();
      }
    })(),
  );
  await generator.next();
  await loop.shutdownAsyncGenerators();
  expect(seen).toBe(loop);
  expect(loop.closed).toBe(false);
});

test('one that has not started and one that has ended need nothing', async () => {
  loop.track(ticking('not begun'));
  const ended = loop.track(ticking('ended'));
  await ended.next();
  await ended.return('over');
  log = [];
  await loop.close();
  expect(log).toEqual([]);
});

test('one that swallows the error is returned', async () => {
  const generator = loop.track(
    (async function* () {
      try {
        yield 1;
      } catch {
        log.push('swallowed');
      }
      try {
        yield 2;
      } finally {
        log.push('finished');
      }
    })(),
  );
  await generator.next();
  await loop.close();
  expect(log).toEqual(['swallowed', 'finished']);
});

test('an error of one is reported, and the others are finished', async () => {
  const recorder = new Recorder(loop);
  const error = new Error('boom');
  const failing = recorder.run(() =>
    loop.track(
      (async function* () {
        try {
          yield 1;
        } finally {
          // biome-ignore lint/correctness/noUnsafeFinally: that is the case
          throw error;
        }
      })(),
    ),
  );
  await loop.track(ticking('a')).next();
  await failing.next();
  await recorder.run(() => loop.close());
  expect(recorder.contexts).toEqual([
    {
      message: 'An error occurred during closing of an asynchronous generator',
      exception: error,
      promise: failing,
    },
  ]);
  expect(log).toEqual(['a: CancelledError', 'a finished']);
});

test('a cancellation from one is not reported', async () => {
  const recorder = new Recorder(loop);
  const generator = loop.track(
    (async function* () {
      try {
        yield 1;
      } finally {
        // biome-ignore lint/correctness/noUnsafeFinally: that is the case
        throw new CancelledError('Cancelled: something else');
      }
    })(),
  );
  await generator.next();
  await recorder.run(() => loop.close());
  expect(recorder.contexts).toEqual([]);
});

test('one that still waits after the grace period is left', async () => {
  const stuck = loop.track(
    (async function* () {
      await new Promise(() => {});
      yield 1;
    })(),
  );
  void stuck.next();
  loop.grace = 200;
  await loop.track(ticking('a')).next();
  const began = loop.time();
  await loop.close();
  expect(loop.time() - began).toBeGreaterThan(loop.grace - 2);
  expect(log).toEqual(['a: CancelledError', 'a finished']);
});

test('one may still wait after the machine has stalled for as long as that', async () => {
  loop.grace = 60;
  const generator = loop.track(
    (async function* () {
      try {
        yield 1;
      } finally {
        await turn();
        stall(loop.grace + 20);
        await wait(1);
        log.push('finished');
      }
    })(),
  );
  await generator.next();
  await loop.close();
  expect(log).toEqual(['finished']);
});

test('shutting down twice at once finishes each once', async () => {
  for (const name of ['a', 'b']) await loop.track(ticking(name)).next();
  await Promise.all([loop.shutdownAsyncGenerators(), loop.shutdownAsyncGenerators()]);
  await loop.close();
  expect(log.filter(line => line.endsWith('finished')).sort()).toEqual(['a finished', 'b finished']);
});

test('ended ones are forgotten, however they ended', async () => {
  const ends: ((generator: AsyncGenerator<number, string>) => Promise<unknown>)[] = [
    async generator => generator.return('over'),
    async generator => generator.throw(new Error('over')).catch(() => {}),
    async generator => {
      for await (const _ of generator) break;
    },
  ];
  for (const end of ends) {
    const generator = loop.track(ticking('a'));
    await generator.next();
    await end(generator);
    expect(loop.generators.size).toBe(0);
    expect(Object.getOwnPropertyNames(generator)).toEqual([]);
  }
  // biome-ignore lint/correctness/useYield: that is the case
  const failing = async function* (): AsyncGenerator<number> {
    throw new Error('boom');
  };
  await expect(loop.track(failing()).next()).rejects.toThrow('boom');
  await until(() => loop.generators.size === 0);
  expect(loop.generators.size).toBe(0);
});

test('a frozen one is tracked, too', async () => {
  const generator = Object.freeze(ticking('frozen'));
  await loop.track(generator).next();
  const plain = {
    next: async () => ({ value: 1, done: false }),
    throw: async () => log.push('plain thrown into'),
    return: async () => log.push('plain returned'),
  };
  loop.track(plain);
  await loop.close();
  expect(log).toEqual(['plain thrown into', 'plain returned', 'frozen: CancelledError', 'frozen finished']);
});

test('anything else is refused', () => {
  expect(() => loop.track({} as never)).toThrow('loop.track() expects an async generator, got {} (object).');
  expect(() => loop.track(undefined as never)).toThrow(
    'loop.track() expects an async generator, got undefined.',
  );
});

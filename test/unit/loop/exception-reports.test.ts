import type { ExceptionContext, Loop } from '../../../src/loop';
import { alone, newLoop, Recorder, turn, until } from './support';

let loop: Loop;
let reported: [Loop, ExceptionContext][];
beforeEach(() => {
  loop = newLoop({ name: 'main' });
  reported = [];
});

const collect = (of: Loop, context: ExceptionContext): void => void reported.push([of, context]);
const raise = (message: string): never => {
  throw new Error(message);
};
const messages = (): string[] => reported.map(([, { message }]) => message);

describe('the exception handler', () => {
  test('takes over: a task, a timer, a callback', async () => {
    const recorder = new Recorder(loop);
    loop.setExceptionHandler(collect);
    const errors = [new Error('task'), new Error('timer'), new Error('callback')];
    const [task, timer, handle] = recorder.run(() => [
      loop.createTask(() => Promise.reject(errors[0]), { name: 'pump' }),
      setTimeout(() => {
        throw errors[1];
      }, 1),
      loop.callLater(4, () => {
        throw errors[2];
      }),
    ]);
    await until(() => reported.length === 3);
    expect(reported.map(([of]) => of === loop)).toEqual([true, true, true]);
    // A busy machine may take them in another order.
    const contexts = reported.map(([, context]) => context);
    expect(contexts.sort((one, two) => one.message.localeCompare(two.message))).toEqual([
      { message: 'Exception in the callback of callLater(4)', exception: errors[2], handle },
      { message: 'Exception in the callback of setTimeout(fn, 1)', exception: errors[1], handle: timer },
      { message: 'Task "pump" failed', exception: errors[0], task },
    ]);
    expect(recorder.contexts).toEqual([]);
  });

  test('that rejects is not called for its own error', async () => {
    const recorder = new Recorder(loop);
    let calls = 0;
    loop.setExceptionHandler(async () => {
      calls++;
      await turn();
      throw new Error('handler');
    });
    recorder.run(() => loop.callSoon(() => raise('callback')));
    await until(() => recorder.contexts.length >= 2);
    expect(calls).toBe(1);
    expect(recorder.contexts.map(({ exception }) => (exception as Error).message)).toEqual([
      'callback',
      'handler',
    ]);
  });

  test('is not called for what it starts', async () => {
    const recorder = new Recorder(loop);
    let calls = 0;
    loop.setExceptionHandler(() => {
      calls++;
      loop.callSoon(() => raise('of the handler'));
      void loop.createTask(async () => raise('of its task'));
      setTimeout(() => raise('of its timer'), 1);
    });
    recorder.run(() => loop.callSoon(() => raise('callback')));
    await until(() => recorder.contexts.length >= 3);
    expect(calls).toBe(1);
    const messages = recorder.contexts.map(({ exception }) => (exception as Error).message);
    expect(messages.sort()).toEqual(['of its task', 'of its timer', 'of the handler']);
  });

  test('gets no failure of a task that is awaited, at once or before', async () => {
    loop.setExceptionHandler(collect);
    const fail = () => Promise.reject(new Error('boom'));
    const awaited = loop.createTask(fail).catch(() => 'caught');
    const late = loop.createTask(fail);
    await Promise.resolve();
    await Promise.resolve();
    expect(await late.catch(() => 'caught')).toBe('caught');
    expect(await awaited).toBe('caught');
    await turn();
    await turn();
    expect(reported).toEqual([]);
  });

  test('gets the failure of a task that is no longer awaited', async () => {
    loop.setExceptionHandler(collect);
    const open = loop.createFuture<never>();
    const task = loop.createTask(async () => open, { name: 'pump' });
    const waiter = loop.createTask(async () => task);
    await turn();
    waiter.cancel();
    open.setException(new Error('boom'));
    await until(() => reported.length > 0);
    expect(messages()).toEqual(['Task "pump" failed']);
  });

  test('gets no cancellation', async () => {
    loop.setExceptionHandler(collect);
    const task = loop.createTask(() => loop.sleep(1000));
    await turn();
    task.cancel();
    await turn();
    await turn();
    expect(reported).toEqual([]);
  });

  test('is per Loop', async () => {
    const other = newLoop();
    loop.setExceptionHandler(collect);
    other.setExceptionHandler((_, { message }) => void reported.push([other, { message }]));
    loop.run(() =>
      other.callSoon(() => {
        throw new Error('of other');
      }),
    );
    await turn();
    expect(reported.map(([of]) => of === other)).toEqual([true]);
  });

  test('can be removed', async () => {
    const recorder = new Recorder(loop);
    const handler = jest.fn();
    loop.setExceptionHandler(handler);
    loop.setExceptionHandler(null);
    const error = new Error('boom');
    recorder.run(() => loop.callExceptionHandler({ message: 'reported', exception: error }));
    loop.setExceptionHandler(undefined);
    expect(handler).not.toHaveBeenCalled();
    expect(recorder.contexts).toEqual([{ message: 'reported', exception: error }]);
  });

  test('that throws loses neither error', () => {
    const recorder = new Recorder(loop);
    const own = new Error('of the handler');
    loop.setExceptionHandler(() => {
      throw own;
    });
    const context = { message: 'reported', exception: new Error('boom') };
    recorder.run(() => loop.callExceptionHandler(context));
    expect(recorder.contexts).toEqual([
      context,
      { message: 'Exception in the exception handler', exception: own },
    ]);
  });

  test('may cancel, close and start', async () => {
    const task = loop.createTask(() => loop.sleep(1000));
    loop.setExceptionHandler(of => {
      task.cancel();
      void of.close();
    });
    await turn();
    loop.callSoon(() => {
      throw new Error('boom');
    });
    await until(() => loop.closed);
    expect([task.cancelled, loop.closed]).toEqual([true, true]);
  });

  test('is a function', () => {
    expect(() => loop.setExceptionHandler(5 as never)).toThrow(
      'loop.setExceptionHandler() expects a function or undefined, got 5 (number).',
    );
  });
});

describe('callExceptionHandler', () => {
  test('passes its context on', () => {
    loop.setExceptionHandler(collect);
    const context = { message: 'reported', exception: new Error('boom'), task: 1, handle: 2, promise: 3 };
    loop.callExceptionHandler(context);
    expect(reported.map(([of, given]) => [of === loop, given === context])).toEqual([[true, true]]);
  });

  test('without an exception it is a warning', () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    loop.callExceptionHandler({ message: 'careful' });
    expect(warn.mock.calls).toEqual([['careful']]);
    warn.mockRestore();
    const recorder = new Recorder(loop);
    recorder.run(() => loop.callExceptionHandler({ message: 'careful' }));
    expect(recorder.contexts).toEqual([{ message: 'careful' }]);
  });

  test('an exception without an owner is uncaught', () => {
    const { code, out } = alone(`
      process.on('uncaughtException', error => say('uncaught', error));
      const loop = new Loop();
      loop.callExceptionHandler({ message: 'reported', exception: new Error('boom').message });
      loop.callExceptionHandler({ message: 'reported', exception: undefined });
      loop.setExceptionHandler(() => { throw 'of the handler' });
      loop.callExceptionHandler({ message: 'reported', exception: 'second' });
    `);
    expect({ code, out }).toEqual({
      code: 0,
      out: ['uncaught boom', 'uncaught undefined', 'uncaught second', 'uncaught of the handler'],
    });
  });

  test('an exception that a handler takes over does not end the process', () => {
    const { code, out, err } = alone(`
      const loop = new Loop();
      loop.setExceptionHandler((of, { message, exception }) => say(message, '-', exception.message));
      loop.createTask(async function pump() { throw new Error('task') });
      loop.callSoon(() => { throw new Error('callback') });
      loop.run(() => { setTimeout(() => { throw new Error('timer') }, 1); queueMicrotask(() => { throw new Error('microtask') }) });
      for (let i = 0; i < 3; i++) await new Promise(resolve => setTimeout(() => setImmediate(resolve), 5));
      await loop.close();
    `);
    expect({ code, out: out.sort(), err }).toEqual({
      code: 0,
      out: [
        'Exception in a microtask - microtask',
        'Exception in the callback of callSoon - callback',
        'Exception in the callback of setTimeout(fn, 1) - timer',
        'Task "pump" failed - task',
      ],
      err: '',
    });
  });
});

test.each([undefined, null, 5, 'text'])('callExceptionHandler refuses %p', context => {
  expect(() => loop.callExceptionHandler(context as never)).toThrow(
    /^loop\.callExceptionHandler\(\) expects an object \{ message, exception \}, got /,
  );
});

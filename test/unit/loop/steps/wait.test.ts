import { type Loop, sleep } from '../../../../src/loop';
import { runIn, Step } from '../../../../src/loop/steps/step';
import { waitFor, waitIn } from '../../../../src/loop/steps/wait';
import { forever, newLoop, rejection, turn, until } from '../support';

let loop: Loop;
beforeEach(() => {
  loop = newLoop();
});

test('a cancellation ends the underlying work early; its own end does not', async () => {
  const undo = jest.fn();
  const step = new Step('test', loop, undefined);
  let resolve!: (value: string) => void;
  const done = waitIn<string>(loop, 'done', undefined, ok => {
    resolve = ok;
    return undo;
  });
  resolve('value');
  resolve('again');
  expect(await done).toBe('value');
  expect(undo).not.toHaveBeenCalled();
  const cancelled = runIn(step, () => rejection(waitIn(loop, 'cancelled', undefined, () => undo)));
  const [item] = loop.pending;
  expect([item!.describe(), item!.step, item!.alive]).toEqual(['cancelled', step, true]);
  item!.cancel('why');
  item!.cancel('again');
  expect(await cancelled).toMatchObject({ reason: 'why' });
  expect([undo.mock.calls.length, item!.alive, loop.pending.size]).toEqual([1, false, 0]);
});

test('a dropped one waits forever', async () => {
  const then = jest.fn();
  loop.sleep(1000).then(then, then);
  for (const item of loop.pending) item.drop();
  await turn();
  expect(then).not.toHaveBeenCalled();
  expect(loop.pending.size).toBe(0);
});

test('one that throws at its start fails', async () => {
  const begin = () => {
    throw new Error('boom');
  };
  await expect(waitIn(loop, 'failing', undefined, begin)).rejects.toThrow('boom');
  expect(loop.pending.size).toBe(0);
});

test('one can end at its start', async () => {
  const value = await waitIn<string>(loop, 'at once', undefined, resolve => {
    resolve('value');
    return () => {};
  });
  expect([value, loop.pending.size]).toEqual(['value', 0]);
});

test('code that was given up waits forever', async () => {
  const log: string[] = [];
  const step = new Step('test', loop, undefined);
  runIn(step, () => {
    void sleep(1).finally(() => log.push('before'));
  });
  step.givenUpItself = true;
  runIn(step, () => {
    void sleep(1).finally(() => log.push('after'));
  });
  await until(() => loop.pending.size === 0);
  await turn();
  expect(log).toEqual([]);
});

test('a cancelled wait that is not awaited is no unhandled rejection', async () => {
  void loop.sleep(1000);
  await loop.close();
  await turn();
});

test('a late failure is reported, unless it is a cancellation', async () => {
  const late = jest.fn();
  const fails: ((error: Error) => void)[] = [];
  const waits = [0, 1].map(() =>
    rejection(waitFor(loop, new Promise((_, reject) => fails.push(reject)), 'foreign', late)),
  );
  const fine = waitFor(loop, Promise.resolve('value'), 'fine', late);
  expect(await fine).toBe('value');
  const { CancelledError } = require('../../../../src/loop') as typeof import('../../../../src/loop');
  await loop.close();
  await Promise.all(waits);
  const error = new Error('late');
  fails[0]!(error);
  fails[1]!(new CancelledError());
  await turn();
  expect(late.mock.calls).toEqual([[error]]);
});

test('errors have the realm of the code that waits', async () => {
  class Foreign extends Step {
    override cancellation(reason: unknown): Error {
      return Object.assign(new Error('of another realm'), { reason });
    }
  }
  const step = new Foreign('test', loop, undefined);
  const waiting = runIn(step, () => rejection(loop.sleep(1000)));
  await loop.close();
  expect(await waiting).toMatchObject({ message: 'of another realm' });
  void forever;
});

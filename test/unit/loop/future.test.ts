import { CancelledError, type Future, type Loop } from '../../../src/loop';
import { alone, newLoop, rejection, turn } from './support';

let loop: Loop;
let future: Future<string>;
beforeEach(() => {
  loop = newLoop();
  future = loop.createFuture<string>();
});

test('gives its result to every wait, before and after, in a Loop and outside', async () => {
  const waiting = [future, loop.run(async () => future), loop.createTask(async () => future)];
  expect([future.done, future.cancelled]).toEqual([false, false]);
  future.setResult('value');
  expect(future.done).toBe(true);
  expect(await Promise.all(waiting)).toEqual(['value', 'value', 'value']);
  expect(await future).toBe('value');
  expect(await loop.run(async () => future)).toBe('value');
  expect(loop.pending.size).toBe(0);
});

test('fails with its exception', async () => {
  const waiting = loop.run(() => rejection(future));
  const error = new Error('boom');
  future.setException(error);
  expect([await waiting, await rejection(future)]).toEqual([error, error]);
  expect([future.done, future.cancelled]).toEqual([true, false]);
});

test('has then(), catch() and finally()', async () => {
  const log: unknown[] = [];
  const waiting = future.finally(() => log.push('finally')).catch((error: Error) => log.push(error.message));
  future.setException(new Error('boom'));
  await waiting;
  expect(log).toEqual(['finally', 'boom']);
  expect(await future.then(undefined, () => 'caught')).toBe('caught');
});

test('has one outcome', async () => {
  future.setResult('value');
  for (const again of [() => future.setResult('other'), () => future.setException(new Error('boom'))])
    expect(again).toThrow(expect.objectContaining({ code: 'ERR_LOOP_DONE' }));
  expect(() => future.setResult('other')).toThrow(
    'setResult() came too late: the future is already settled.',
  );
  expect(future.cancel()).toBe(false);
  expect(await future).toBe('value');
});

test('can be cancelled', async () => {
  const waiting = rejection(future);
  expect(future.cancel('why')).toBe(true);
  expect([future.done, future.cancelled]).toEqual([true, true]);
  expect(await waiting).toMatchObject({ name: 'CancelledError', reason: 'why' });
  expect(await rejection(future)).toBeInstanceOf(CancelledError);
});

test('takes a promise and waits for it', async () => {
  const waiting = loop.run(async () => future);
  future.setResult(turn().then(() => 'later') as never);
  expect(future.done).toBe(true);
  expect(() => future.setResult('other')).toThrow('came too late');
  expect(await waiting).toBe('later');
  const failing = loop.createFuture();
  const error = new Error('boom');
  const failed = rejection(failing);
  failing.setResult(Promise.reject(error));
  expect(await failed).toBe(error);
});

test('a thenable that cannot be read is refused', () => {
  const value = Object.defineProperty({}, 'then', {
    get() {
      throw new Error('no then');
    },
  });
  expect(() => future.setResult(value as never)).toThrow('no then');
  expect(future.done).toBe(false);
});

test('a cancelled wait leaves nothing behind, and the future goes on', async () => {
  for (let i = 0; i < 3; i++) {
    const task = loop.createTask(async () => future);
    await turn();
    expect(loop.pending.size).toBe(2);
    task.cancel();
    await rejection(task);
    expect(loop.pending.size).toBe(0);
  }
  expect(future.done).toBe(false);
  future.setResult('value');
  expect(await future).toBe('value');
});

test('an unhandled rejection only if no code ever awaited it', () => {
  const { code, out, err } = alone(`
    process.on('unhandledRejection', error => say(error.message));
    const loop = new Loop();
    const handled = loop.createFuture(); handled.catch(() => {}); handled.setException(new Error('handled'));
    const cancelled = loop.createFuture(); cancelled.cancel();
    const left = loop.createFuture();
    const waiter = loop.createTask(async () => { await left });
    await new Promise(setImmediate);
    waiter.cancel(); await waiter.catch(() => {});
    left.setException(new Error('left'));
    loop.createFuture().setException(new Error('unhandled'));
    await new Promise(setImmediate);
    await loop.close();
  `);
  expect({ code, out, err }).toEqual({ code: 0, out: ['unhandled'], err: '' });
});

test('one that gets itself as its result is rejected, like a promise', async () => {
  const future = loop.createFuture();
  future.setResult(future);
  await expect(future).rejects.toThrow(TypeError);
});

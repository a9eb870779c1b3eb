import { enterRun, MainRun, mainRun, type RunError } from '../../../../src/jest/process/main-run';

const late = jest.fn<void, [readonly RunError[]]>();
const errorOf = (message: string): RunError => ({ message, stack: `stack of ${message}` });
const make = (): MainRun => new MainRun(true, 2, late);

beforeEach(() => late.mockReset());

test('ends are called in reverse order, one after the other, and give all errors', async () => {
  const run = make();
  const log: string[] = [];
  const end = (name: string) => async (why: string) => {
    log.push(`${name} ${why}`);
    await null;
    log.push(`${name} is down`);
    return [errorOf(name)];
  };
  run.atEnd(end('first'));
  run.atEnd(end('second'));
  expect(run.hasEnds).toBe(true);
  expect(await run.end('done')).toEqual([errorOf('second'), errorOf('first')]);
  expect(log).toEqual(['second done', 'second is down', 'first done', 'first is down']);
});

test('an end that rejects is reported, and the others are called all the same', async () => {
  const run = make();
  run.atEnd(async () => [errorOf('first')]);
  run.atEnd(() => Promise.reject(Object.assign(new Error('no'), { stack: 'its stack' })));
  run.atEnd(() => Promise.reject('a text'));
  expect(await run.end('done')).toEqual([
    { message: 'a text', stack: 'a text' },
    { message: 'no', stack: 'its stack' },
    errorOf('first'),
  ]);
});

test('a second call waits for the first, then ends only what was registered since', async () => {
  const run = make();
  const end = jest.fn(async () => [errorOf('once')]);
  run.atEnd(end);
  const [first, second] = await Promise.all([run.end('interrupt'), run.end('done')]);
  expect([first, second, run.reason]).toEqual([[errorOf('once')], [], 'interrupt']);
  run.atEnd(async why => [errorOf(why)]);
  expect(await run.end('done')).toEqual([errorOf('interrupt')]);
  expect(end).toHaveBeenCalledTimes(1);
});

test('what is registered since ends one after the other, whichever call ends it', async () => {
  const run = make();
  const log: string[] = [];
  const end = (name: string) => async () => {
    log.push(name);
    await null;
    await null;
    log.push(`${name} is down`);
    return [];
  };
  const ends = [run.end('done'), run.end('interrupt'), run.end('done')];
  run.atEnd(end('session'));
  run.atEnd(end('worker'));
  await Promise.all(ends);
  expect(log).toEqual(['worker', 'worker is down', 'session', 'session is down']);
});

test('what is registered after the close ends at once, and its errors are late', async () => {
  const run = make();
  await run.end('done');
  run.close();
  run.atEnd(async () => [errorOf('late')]);
  await new Promise(resolve => setImmediate(resolve));
  expect(late.mock.calls).toEqual([[[errorOf('late')]]]);
});

test('a stopped run calls each listener once, also one that is registered later', () => {
  const run = make();
  const stopped = jest.fn();
  run.atStop(stopped);
  run.stop('bail');
  run.stop('interrupt');
  run.atStop(stopped);
  expect(stopped.mock.calls).toEqual([['bail'], ['bail']]);
  expect(run.isStopped).toBe(true);
});

test('a run that is done is not stopped', async () => {
  const run = make();
  const stopped = jest.fn();
  run.atStop(stopped);
  await run.end('done');
  run.stop('interrupt');
  expect([run.isStopped, stopped.mock.calls]).toEqual([false, []]);
});

test('runs in one process may be nested', () => {
  const [outer, inner] = [make(), make()];
  const leaveOuter = enterRun(outer);
  const leaveInner = enterRun(inner);
  expect(mainRun()).toBe(inner);
  leaveInner();
  expect(mainRun()).toBe(outer);
  leaveOuter();
  expect(mainRun()).toBeUndefined();
});

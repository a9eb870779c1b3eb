import { enterRun, MainRun, mainRun, type RunError } from '../../../../src/jest/process/main-run';

const late = jest.fn<void, [readonly RunError[]]>();
const told = (message: string): RunError => ({ message, stack: `stack of ${message}` });
const make = (): MainRun => new MainRun(true, 2, late);

beforeEach(() => late.mockReset());

test('what was registered last is ended first, one after the other, and all errors are given', async () => {
  const run = make();
  const log: string[] = [];
  const end = (name: string) => async (why: string) => {
    log.push(`${name} ${why}`);
    await null;
    log.push(`${name} is down`);
    return [told(name)];
  };
  run.atEnd(end('first'));
  run.atEnd(end('second'));
  expect(run.hasEnds).toBe(true);
  expect(await run.end('done')).toEqual([told('second'), told('first')]);
  expect(log).toEqual(['second done', 'second is down', 'first done', 'first is down']);
});

test('an end that fails is told, and the others are called all the same', async () => {
  const run = make();
  run.atEnd(async () => [told('first')]);
  run.atEnd(() => Promise.reject(Object.assign(new Error('no'), { stack: 'its stack' })));
  run.atEnd(() => Promise.reject('a text'));
  expect(await run.end('done')).toEqual([
    { message: 'a text', stack: 'a text' },
    { message: 'no', stack: 'its stack' },
    told('first'),
  ]);
});

test('it is ended once, whoever asks again waits for that; what came since is ended as well', async () => {
  const run = make();
  const end = jest.fn(async () => [told('once')]);
  run.atEnd(end);
  const [first, second] = await Promise.all([run.end('interrupt'), run.end('done')]);
  expect([first, second, run.reason]).toEqual([[told('once')], [], 'interrupt']);
  run.atEnd(async why => [told(why)]);
  expect(await run.end('done')).toEqual([told('interrupt')]);
  expect(end).toHaveBeenCalledTimes(1);
});

test('what came since is ended one after the other as well, whoever ends it', async () => {
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

test('what is registered when all is over is ended at once, and its errors are late', async () => {
  const run = make();
  await run.end('done');
  run.close();
  run.atEnd(async () => [told('late')]);
  await new Promise(resolve => setImmediate(resolve));
  expect(late.mock.calls).toEqual([[[told('late')]]]);
});

test('a run that is stopped says so once, also to those who ask later', () => {
  const run = make();
  const stopped = jest.fn();
  run.atStop(stopped);
  run.stop('bail');
  run.stop('interrupt');
  run.atStop(stopped);
  expect(stopped.mock.calls).toEqual([['bail'], ['bail']]);
  expect(run.isStopped).toBe(true);
});

test('a run that is done was not stopped', async () => {
  const run = make();
  const stopped = jest.fn();
  run.atStop(stopped);
  await run.end('done');
  run.stop('interrupt');
  expect([run.isStopped, stopped.mock.calls]).toEqual([false, []]);
});

test('one run follows another in a process, or lies in it', () => {
  const [outer, inner] = [make(), make()];
  const leaveOuter = enterRun(outer);
  const leaveInner = enterRun(inner);
  expect(mainRun()).toBe(inner);
  leaveInner();
  expect(mainRun()).toBe(outer);
  leaveOuter();
  expect(mainRun()).toBeUndefined();
});

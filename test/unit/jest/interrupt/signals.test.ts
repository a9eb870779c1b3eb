import { isatty } from 'node:tty';
import { onInterrupt, Workers } from '../../../../src/jest/interrupt/signals';
import { MainRun } from '../../../../src/jest/process/main-run';
import { state } from '../../../../src/jest/process/state';

jest.mock('node:tty', () => ({ isatty: jest.fn(() => false) }));

const run = (inBand: boolean): MainRun => new MainRun(inBand, 2, () => {});
let kill: jest.SpyInstance;

beforeEach(() => {
  kill = jest.spyOn(process, 'kill').mockReturnValue(true);
});
afterEach(() => jest.restoreAllMocks());

test('those that run the files are told, each once', () => {
  const workers = new Workers();
  workers.started('/a', 91);
  workers.started('/b', 92);
  workers.started('/c', 91);
  workers.interrupt(run(false), ['/a', '/c', '/d']);
  expect(kill.mock.calls).toEqual([[91, 'SIGINT']]);
});

test('a file that several projects have is run by several, and each is told', () => {
  const workers = new Workers();
  workers.started('/a', 91);
  workers.started('/a', 92);
  workers.interrupt(run(false), ['/a', '/a']);
  expect(kill.mock.calls).toEqual([
    [91, 'SIGINT'],
    [92, 'SIGINT'],
  ]);
});

test('a file is known to have been ended where its worker was told to, the last that ran it', () => {
  const workers = new Workers();
  workers.started('/a', 91);
  workers.markInterrupted(91);
  expect([workers.wasInterrupted('/a'), workers.wasInterrupted('/b')]).toEqual([true, false]);
  workers.started('/a', 92);
  expect(workers.wasInterrupted('/a')).toBe(false);
});

test('one that has ended is none to be told', () => {
  kill.mockImplementation(() => {
    throw Object.assign(new Error('kill ESRCH'), { code: 'ESRCH' });
  });
  const workers = new Workers();
  workers.started('/a', 91);
  workers.started('/b', 92);
  workers.interrupt(run(false), ['/a', '/b']);
  expect(kill).toHaveBeenCalledTimes(2);
});

test('in band this process ends what it runs', () => {
  const interrupt = jest.fn();
  state.interrupts.add(interrupt);
  new Workers().interrupt(run(true), ['/a']);
  state.interrupts.delete(interrupt);
  expect(interrupt).toHaveBeenCalledTimes(1);
  expect(kill).not.toHaveBeenCalled();
});

describe.each(['SIGINT', 'SIGTERM'] as const)('%s', signal => {
  test('the first one is told; with the second all workers and the process end', () => {
    const exit = jest.spyOn(process, 'exit').mockReturnValue(undefined as never);
    const workers = new Workers();
    workers.started('/a', 91);
    workers.started('/b', 92);
    // Threads.
    workers.started('/c', process.pid);
    const first = jest.fn();
    onInterrupt(first, workers, false);
    process.emit(signal);
    expect([first.mock.calls.length, exit.mock.calls]).toEqual([1, []]);
    process.emit(signal === 'SIGINT' ? 'SIGTERM' : 'SIGINT');
    expect(kill.mock.calls).toEqual([
      [91, 'SIGKILL'],
      [92, 'SIGKILL'],
    ]);
    expect([first.mock.calls.length, exit.mock.calls]).toEqual([1, [[130]]]);
    expect(process.listenerCount(signal)).toBe(0);
  });
});

test('in a terminal, where npm passes Ctrl-C on, two that come together are one', async () => {
  jest.mocked(isatty).mockReturnValue(true);
  const exit = jest.spyOn(process, 'exit').mockReturnValue(undefined as never);
  const first = jest.fn();
  const stop = onInterrupt(first, new Workers(), false);
  process.emit('SIGINT');
  process.emit('SIGINT');
  expect([first.mock.calls.length, exit.mock.calls]).toEqual([1, []]);
  await new Promise(resolve => setTimeout(resolve, 520));
  process.emit('SIGINT');
  expect([first.mock.calls.length, exit.mock.calls]).toEqual([1, [[130]]]);
  stop();
  jest.mocked(isatty).mockReturnValue(false);
});

test('Ctrl-C as a key is one that nobody else sees, and other keys are as ever', () => {
  const exit = jest.spyOn(process, 'exit').mockReturnValue(undefined as never);
  const keys: string[] = [];
  const hear = (key: string): number => keys.push(key);
  process.stdin.on('data', hear).pause();
  const first = jest.fn();
  const stop = onInterrupt(first, new Workers(), true);
  process.stdin.emit('data', 'q');
  process.stdin.emit('data', '\u0003');
  expect([keys, first.mock.calls.length, exit.mock.calls]).toEqual([['q'], 1, []]);
  // They may come together.
  process.stdin.emit('data', '\u0004\u0003');
  expect([first.mock.calls.length, exit.mock.calls[0]]).toEqual([1, [130]]);
  stop();
  process.stdin.emit('data', '\u0003');
  expect(keys).toEqual(['q', '\u0003']);
  process.stdin.off('data', hear);
});

test('when the run is over nobody listens', () => {
  const before = process.listenerCount('SIGINT');
  const stop = onInterrupt(() => {}, new Workers(), false);
  expect(process.listenerCount('SIGINT')).toBe(before + 1);
  stop();
  expect(process.listenerCount('SIGINT')).toBe(before);
});

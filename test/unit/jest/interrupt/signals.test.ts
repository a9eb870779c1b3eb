import { isatty } from 'node:tty';
import { onInterrupt } from '../../../../src/jest/interrupt/signals';
import { Workers } from '../../../../src/jest/interrupt/workers';

jest.mock('node:tty', () => ({ isatty: jest.fn(() => false) }));

let kill: jest.SpyInstance;

beforeEach(() => {
  kill = jest.spyOn(process, 'kill').mockReturnValue(true);
});
afterEach(() => jest.restoreAllMocks());

describe.each(['SIGINT', 'SIGTERM'] as const)('%s', signal => {
  test('interrupts the run the first time, and kills all workers and the process the second time', () => {
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

test('in a terminal, two signals in quick succession are one Ctrl-C that npm forwards', async () => {
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

test('other listeners do not see Ctrl-C as a key, and see all other keys', () => {
  const exit = jest.spyOn(process, 'exit').mockReturnValue(undefined as never);
  const keys: string[] = [];
  const listener = (key: string): number => keys.push(key);
  process.stdin.on('data', listener).pause();
  const first = jest.fn();
  const stop = onInterrupt(first, new Workers(), true);
  process.stdin.emit('data', 'q');
  process.stdin.emit('data', '\u0003');
  expect([keys, first.mock.calls.length, exit.mock.calls]).toEqual([['q'], 1, []]);
  // Keys may come together.
  process.stdin.emit('data', '\u0004\u0003');
  expect([first.mock.calls.length, exit.mock.calls[0]]).toEqual([1, [130]]);
  stop();
  process.stdin.emit('data', '\u0003');
  expect(keys).toEqual(['q', '\u0003']);
  process.stdin.off('data', listener);
});

test('no listener is left after the run', () => {
  const before = process.listenerCount('SIGINT');
  const stop = onInterrupt(() => {}, new Workers(), false);
  expect(process.listenerCount('SIGINT')).toBe(before + 1);
  stop();
  expect(process.listenerCount('SIGINT')).toBe(before);
});

import { type JoinedFile, joinRun } from '../../../../src/jest/process/join-run';
import { enterRun, MainRun } from '../../../../src/jest/process/main-run';
import { state } from '../../../../src/jest/process/state';
import { jestParent } from '../../../../src/jest/process/to-jest';
import { worker } from '../../../../src/process/store';

jest.mock('../../../../src/jest/process/to-jest', () => ({
  ...jest.requireActual<object>('../../../../src/jest/process/to-jest'),
  jestParent: jest.fn(),
}));

const SIGNALS = ['SIGINT', 'SIGTERM', 'disconnect', 'removeListener', 'error'] as const;
const send = jest.fn();
const interrupt = jest.fn();
let leaves: (() => void)[];
let kill: jest.SpyInstance;
let exit: jest.SpyInstance;
/** Its callbacks are called by the tests alone: one of them ends the process. */
let timer: jest.SpyInstance;

/** A file whose environment is made, and not yet set up. */
function make(path: string): JoinedFile {
  const joined = joinRun(path, () => interrupt());
  leaves.push(joined.leave);
  return joined;
}
function join(path = '/a'): () => void {
  const joined = make(path);
  joined.begun();
  return joined.leave;
}
/** What main was told. */
const told = (): unknown[] => send.mock.calls.map(([[, [, [hello]]]]) => hello);
const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

beforeEach(() => {
  leaves = [];
  for (const mock of [send, interrupt]) mock.mockReset();
  jest.mocked(jestParent).mockReturnValue(send);
  kill = jest.spyOn(process, 'kill').mockReturnValue(true);
  exit = jest.spyOn(process, 'exit').mockReturnValue(undefined as never);
  timer = jest.spyOn(worker.real, 'setTimeout').mockReturnValue({ unref: () => {} } as NodeJS.Timeout);
});

afterEach(async () => {
  state.isOrphaned = state.isInterrupted = state.isListening = state.isEnding = false;
  state.farewells.clear();
  for (const leave of leaves) leave();
  for (const signal of SIGNALS) process.removeAllListeners(signal);
  // A farewell may be under way.
  await turn();
  jest.restoreAllMocks();
});

test('a worker tells what it runs, and on a signal that it ends that; once', () => {
  join();
  process.emit('SIGINT');
  process.emit('SIGTERM');
  expect(told()).toEqual([
    { path: '/a', pid: process.pid },
    { pid: process.pid, interrupted: true },
  ]);
  expect(interrupt).toHaveBeenCalledTimes(1);
});

test('it listens once, whatever the number of its files', () => {
  for (const path of ['/a', '/b', '/c']) join(path)();
  expect(process.listenerCount('SIGINT')).toBe(1);
  process.emit('SIGINT');
  expect(interrupt).not.toHaveBeenCalled();
});

test('a file that begins in a worker that was told to end is ended, and main hears why', () => {
  join();
  process.emit('SIGINT');
  join('/b');
  expect(interrupt).toHaveBeenCalledTimes(2);
  expect(told().at(-1)).toEqual({ path: '/b', pid: process.pid, interrupted: true });
});

test('between files SIGTERM ends the worker, after what it still has', async () => {
  const log: string[] = [];
  kill.mockImplementation((_pid, signal) => {
    log.push(signal);
    return true;
  });
  // What wide fixtures have is no file.
  state.interrupts.add(interrupt);
  state.farewells.add(async () => {
    await turn();
    log.push('down');
  });
  join()();
  process.emit('SIGTERM');
  await turn();
  await turn();
  state.interrupts.delete(interrupt);
  expect(log).toEqual(['down', 'SIGTERM']);
});

test('a file that Jest has dropped before its set-up, without a teardown, runs no more', () => {
  make('/dropped');
  join('/b');
  expect([state.runningFiles, state.interrupts.size]).toEqual([1, 1]);
});

test('one that goes on after all does run', () => {
  const first = make('/a');
  const second = make('/b');
  expect(state.runningFiles).toBe(1);
  for (const each of [first, second]) each.begun();
  expect(state.runningFiles).toBe(2);
  for (const each of [first, second]) each.leave();
  expect([state.runningFiles, state.interrupts.size]).toEqual([0, 0]);
});

describe('without a main process', () => {
  test('a worker whose last file Jest has dropped leaves', async () => {
    make('/dropped');
    process.emit('disconnect');
    await turn();
    expect(timer).toHaveBeenCalledTimes(1);
  });

  test('a worker that is idle ends what it still has, and leaves', async () => {
    const farewell = jest.fn(async () => {});
    state.interrupts.add(interrupt);
    state.farewells.add(farewell);
    join()();
    process.emit('disconnect');
    await turn();
    state.interrupts.delete(interrupt);
    expect(farewell).toHaveBeenCalledTimes(1);
    (timer.mock.calls[0]![0] as () => void)();
    expect(exit).toHaveBeenCalledWith(1);
  });

  test('one that runs a file ends that before', async () => {
    const farewell = jest.fn(async () => {});
    state.farewells.add(farewell);
    const leave = join();
    process.emit('disconnect');
    expect([interrupt.mock.calls.length, farewell.mock.calls.length]).toEqual([1, 0]);
    leave();
    expect(farewell).toHaveBeenCalledTimes(1);
  });

  test('what Jest tells nobody any more is no error', () => {
    join();
    const lost = (code: string): Error => Object.assign(new Error('lost'), { code });
    const tell = (code: string) => () => process.emit('error' as never, lost(code) as never);
    expect(tell('ERR_IPC_CHANNEL_CLOSED')).not.toThrow();
    expect(tell('EPIPE')).not.toThrow();
    expect(tell('EOTHER')).toThrow('lost');
  });
});

describe('in band', () => {
  const hear = jest.fn();
  const run = (): MainRun => new MainRun(true, 1, () => {}, hear);

  beforeEach(() => {
    hear.mockReset();
    jest.mocked(jestParent).mockReturnValue(undefined);
  });

  test('the run hears of the file, and tells of an interrupt itself', () => {
    leaves.push(enterRun(run()));
    join();
    expect(hear.mock.calls).toEqual([[{ path: '/a' }]]);
    expect(process.listenerCount('SIGINT')).toBe(0);
    for (const each of state.interrupts) each();
    expect(interrupt).toHaveBeenCalledTimes(1);
  });

  test('a file of a run that was stopped is ended when it begins', () => {
    const stopped = run();
    stopped.stop('interrupt');
    leaves.push(enterRun(stopped));
    join();
    expect(interrupt).toHaveBeenCalledTimes(1);
  });

  test('without a run of ours nobody is told', () => {
    join();
    expect([hear.mock.calls, interrupt.mock.calls]).toEqual([[], []]);
  });
});

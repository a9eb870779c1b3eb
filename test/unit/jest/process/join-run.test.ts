import { jestState } from '../../../../src/jest/process/jest-state';
import { type JoinedFile, joinRun } from '../../../../src/jest/process/join-run';
import { enterRun, MainRun } from '../../../../src/jest/process/main-run';
import { jestParent } from '../../../../src/jest/process/to-jest';
import { processState } from '../../../../src/process/process-state';

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
/** Only the tests call its callbacks: one of them exits the process. */
let timer: jest.SpyInstance;

/** A file whose environment is made but not yet set up. */
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
/** The messages to the main process. */
const messages = (): unknown[] => send.mock.calls.map(([[, [, [message]]]]) => message);
const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

beforeEach(() => {
  leaves = [];
  for (const mock of [send, interrupt]) mock.mockReset();
  jest.mocked(jestParent).mockReturnValue(send);
  kill = jest.spyOn(process, 'kill').mockReturnValue(true);
  exit = jest.spyOn(process, 'exit').mockReturnValue(undefined as never);
  timer = jest.spyOn(processState.real, 'setTimeout').mockReturnValue({ unref: () => {} } as NodeJS.Timeout);
});

afterEach(async () => {
  jestState.isOrphaned = jestState.isInterrupted = jestState.isListening = jestState.isEnding = false;
  jestState.farewells.clear();
  for (const leave of leaves) leave();
  for (const signal of SIGNALS) process.removeAllListeners(signal);
  // A farewell may be under way.
  await turn();
  jest.restoreAllMocks();
});

test('a worker announces its file, and on a signal reports once that it is interrupted', () => {
  join();
  process.emit('SIGINT');
  process.emit('SIGTERM');
  expect(messages()).toEqual([
    { path: '/a', pid: process.pid },
    { pid: process.pid, interrupted: true },
  ]);
  expect(interrupt).toHaveBeenCalledTimes(1);
});

test('it listens once, however many files it runs', () => {
  for (const path of ['/a', '/b', '/c']) join(path)();
  expect(process.listenerCount('SIGINT')).toBe(1);
  process.emit('SIGINT');
  expect(interrupt).not.toHaveBeenCalled();
});

test('a file that starts in an interrupted worker is aborted, and the main process learns why', () => {
  join();
  process.emit('SIGINT');
  join('/b');
  expect(interrupt).toHaveBeenCalledTimes(2);
  expect(messages().at(-1)).toEqual({ path: '/b', pid: process.pid, interrupted: true });
});

test('between files SIGTERM ends the worker, after its teardown', async () => {
  const log: string[] = [];
  kill.mockImplementation((_pid, signal) => {
    log.push(signal);
    return true;
  });
  // Of shared fixtures: no file is running.
  jestState.interrupts.add(interrupt);
  jestState.farewells.add(async () => {
    await turn();
    log.push('down');
  });
  join()();
  process.emit('SIGTERM');
  await turn();
  await turn();
  jestState.interrupts.delete(interrupt);
  expect(log).toEqual(['down', 'SIGTERM']);
});

test('a file that Jest drops before its set-up, without a teardown, no longer counts', () => {
  make('/dropped');
  join('/b');
  expect([jestState.runningFiles, jestState.interrupts.size]).toEqual([1, 1]);
});

test('a dropped file that is set up after all counts again', () => {
  const first = make('/a');
  const second = make('/b');
  expect(jestState.runningFiles).toBe(1);
  for (const each of [first, second]) each.begun();
  expect(jestState.runningFiles).toBe(2);
  for (const each of [first, second]) each.leave();
  expect([jestState.runningFiles, jestState.interrupts.size]).toEqual([0, 0]);
});

describe('without a main process', () => {
  test('a worker whose last file Jest has dropped exits', async () => {
    make('/dropped');
    process.emit('disconnect');
    await turn();
    expect(timer).toHaveBeenCalledTimes(1);
  });

  test('an idle worker tears down what it has, and exits', async () => {
    const farewell = jest.fn(async () => {});
    jestState.interrupts.add(interrupt);
    jestState.farewells.add(farewell);
    join()();
    process.emit('disconnect');
    await turn();
    jestState.interrupts.delete(interrupt);
    expect(farewell).toHaveBeenCalledTimes(1);
    (timer.mock.calls[0]![0] as () => void)();
    expect(exit).toHaveBeenCalledWith(1);
  });

  test('a busy worker ends its file first', async () => {
    const farewell = jest.fn(async () => {});
    jestState.farewells.add(farewell);
    const leave = join();
    process.emit('disconnect');
    expect([interrupt.mock.calls.length, farewell.mock.calls.length]).toEqual([1, 0]);
    leave();
    expect(farewell).toHaveBeenCalledTimes(1);
  });

  test('messages that Jest can no longer send are no errors', () => {
    join();
    const lost = (code: string): Error => Object.assign(new Error('lost'), { code });
    const emit = (code: string) => () => process.emit('error' as never, lost(code) as never);
    expect(emit('ERR_IPC_CHANNEL_CLOSED')).not.toThrow();
    expect(emit('EPIPE')).not.toThrow();
    expect(emit('EOTHER')).toThrow('lost');
  });
});

describe('in band', () => {
  const fileStarted = jest.fn();
  const run = (): MainRun => new MainRun(true, 1, () => {}, fileStarted);

  beforeEach(() => {
    fileStarted.mockReset();
    jest.mocked(jestParent).mockReturnValue(undefined);
  });

  test('the run learns of the file, and passes on an interrupt itself', () => {
    leaves.push(enterRun(run()));
    join();
    expect(fileStarted.mock.calls).toEqual([[{ path: '/a' }]]);
    expect(process.listenerCount('SIGINT')).toBe(0);
    for (const each of jestState.interrupts) each();
    expect(interrupt).toHaveBeenCalledTimes(1);
  });

  test('a file of a stopped run is aborted when it starts', () => {
    const stopped = run();
    stopped.stop('interrupt');
    leaves.push(enterRun(stopped));
    join();
    expect(interrupt).toHaveBeenCalledTimes(1);
  });

  test('without a run of ours nothing is announced', () => {
    join();
    expect([fileStarted.mock.calls, interrupt.mock.calls]).toEqual([[], []]);
  });
});

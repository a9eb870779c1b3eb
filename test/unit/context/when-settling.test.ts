import { ContextRecording } from '../../../src/context/recording';
import { watchContext } from '../../../src/context/watch';
import { promiseHooks } from '../../../src/node/v8';
import { newStep, record, type Storage, sleep, storage } from './support';

// The captured copy is frozen: these tests count its calls.
jest.mock('../../../src/node/v8', () => {
  const actual = jest.requireActual<typeof import('../../../src/node/v8')>('../../../src/node/v8');
  return { ...actual, promiseHooks: { ...actual.promiseHooks } };
});

let unwatch: () => void;
beforeAll(() => {
  unwatch = watchContext();
});
afterAll(() => unwatch());

let a: Storage;
beforeEach(() => {
  a = storage();
});

describe('the hooks on promises', () => {
  let started: jest.SpyInstance;
  let ended: number;
  beforeEach(() => {
    ended = 0;
    const { createHook } = promiseHooks;
    started = jest.spyOn(promiseHooks, 'createHook').mockImplementation(callbacks => {
      const end = createHook(callbacks);
      return () => {
        ended++;
        end();
      };
    });
  });
  afterEach(() => started.mockRestore());

  test('are not used where no storage is entered, or nothing is awaited', async () => {
    await record(() => sleep());
    await record(async () => {
      await sleep();
    });
    const recording = new ContextRecording(newStep());
    recording.begin([], () => a.enterWith(1));
    recording.stop();
    expect(started).not.toHaveBeenCalled();
  });

  test('are shared, and end with the last set-up', async () => {
    const setUp = (ms: number) => async (): Promise<void> => {
      a.enterWith(ms);
      await sleep(ms);
    };
    const short = record(setUp(1));
    const long = record(setUp(20));
    expect([started.mock.calls.length, ended]).toEqual([1, 0]);
    await short;
    expect([started.mock.calls.length, ended]).toEqual([1, 0]);
    await long;
    expect([started.mock.calls.length, ended]).toEqual([1, 1]);
    await record(setUp(1));
    expect([started.mock.calls.length, ended]).toEqual([2, 2]);
  });
});

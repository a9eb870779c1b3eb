import { enterIsolated } from '../../../src/context/enter';
import { ContextRecording } from '../../../src/context/recording';
import { watchContext } from '../../../src/context/watch';
import { Step } from '../../../src/loop/steps/step';
import { collected, newStep, type Storage, sleep, storage } from './support';

let unwatch: () => void;
beforeAll(() => {
  unwatch = watchContext();
});
afterAll(() => unwatch());

let a: Storage;
beforeEach(() => {
  a = storage();
});

test('a promise may be followed without a call', async () => {
  const recording = new ContextRecording(newStep());
  const { later } = recording.begin([], () => ({
    later: (async () => {
      await sleep();
      a.enterWith(1);
    })(),
  }));
  recording.follow(later);
  await later;
  recording.stop();
  expect(recording.values()).toEqual([[a, 1]]);
});

test('a set-up that fails captures no less', async () => {
  const recording = new ContextRecording(newStep());
  const failing = recording.begin([], async () => {
    await sleep();
    a.enterWith(1);
    throw new Error('mine');
  });
  await expect(failing).rejects.toThrow('mine');
  recording.stop();
  expect(recording.values()).toEqual([[a, 1]]);
  const sync = new ContextRecording(newStep());
  const fail = (): never => {
    throw new Error('mine');
  };
  expect(() => sync.begin([], fail)).toThrow('mine');
  sync.stop();
});

test('once stopped, or captured for good, nothing counts any more', async () => {
  const step = newStep();
  const recording = new ContextRecording(step);
  const work = recording.begin([], async () => {
    a.enterWith(1);
    await sleep();
    recording.capture();
    a.enterWith(2);
    await sleep();
  });
  expect(step.touched).toBeDefined();
  await work;
  expect(step.touched).toBeUndefined();
  recording.capture();
  recording.stop();
  expect(recording.values()).toEqual([[a, 1]]);
  expect(() => recording.begin([], () => {})).toThrow('This recording is over.');
});

test('calling `use` from elsewhere keeps what the set-up entered', () => {
  const recording = new ContextRecording(newStep());
  recording.begin([], () => a.enterWith(1));
  a.run('elsewhere', () => recording.capture());
  expect(recording.values()).toEqual([[a, 1]]);
});

test('values that an inner step enters do not count', async () => {
  const step = newStep();
  const recording = new ContextRecording(step);
  await recording.begin([], () =>
    enterIsolated(new Step('task', null, step), [], async () => {
      await sleep();
      a.enterWith(1);
    }),
  );
  recording.stop();
  expect(recording.values()).toEqual([]);
});

test('a stopped recording keeps nothing alive, though its promise never settles', async () => {
  const step = newStep();
  const refs = (() => {
    const recording = new ContextRecording(step);
    const value = {};
    const promise = recording.begin([], async () => {
      a.enterWith(value);
      await new Promise(() => {});
    });
    recording.stop();
    return [recording, value, promise].map(each => new WeakRef<object>(each));
  })();
  expect(await collected(refs)).toBe(true);
  expect(step.touched).toBeUndefined();
});

test('a promise followed too late is not kept alive either', async () => {
  const recording = new ContextRecording(newStep());
  recording.stop();
  const refs = (() => {
    const promise = new Promise(() => {});
    recording.follow(promise);
    return [new WeakRef(promise)];
  })();
  expect(await collected(refs)).toBe(true);
  expect(recording.values()).toEqual([]);
});

test('a foreign thenable is not followed; values entered before it count', () => {
  const recording = new ContextRecording(newStep());
  // biome-ignore lint/suspicious/noThenProperty: a thenable is what this is about
  const thenable = { then: jest.fn() };
  recording.begin([], () => {
    a.enterWith(1);
    return thenable;
  });
  recording.stop();
  expect(thenable.then).not.toHaveBeenCalled();
  expect(recording.values()).toEqual([[a, 1]]);
});

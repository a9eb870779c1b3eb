import { AsyncLocalStorage } from 'node:async_hooks';
import { storagesAround, watchContext } from '../../../src/context/watch';
import { runIn, type Step } from '../../../src/loop/steps/step';
import { processState } from '../../../src/process/process-state';
import { newStep, type Storage, storage } from './support';

const { prototype } = AsyncLocalStorage;
const original = { enterWith: prototype.enterWith, run: prototype.run };

let a: Storage;
let touched: object[];
let step: Step;
let undo: (() => void)[];

beforeEach(() => {
  a = storage();
  touched = [];
  step = newStep();
  step.touched = storage => touched.push(storage);
  undo = [];
});
afterEach(() => {
  for (const each of undo) each();
  expect(prototype.enterWith).toBe(original.enterWith);
  expect(prototype.run).toBe(original.run);
});

function watch(): () => void {
  const unwatch = watchContext();
  undo.push(unwatch);
  return unwatch;
}

function enterSome(): void {
  processState.steps.run(step.carried, () => a.run(1, () => a.enterWith(2)));
}

test('a step is notified of enterWith and run, beforehand', () => {
  watch();
  const held: unknown[] = [];
  step.touched = () => held.push(a.getStore());
  runIn(step, () => {
    a.run(1, () => {});
    a.enterWith(2);
    a.enterWith(undefined);
  });
  expect([held[0], held.at(-2), held.at(-1)]).toEqual([undefined, undefined, 2]);
});

test('without a watching step nothing is notified', () => {
  watch();
  const quiet = newStep();
  a.run(1, () => {});
  runIn(quiet, () => a.run(1, () => {}));
  step.touched = undefined;
  enterSome();
  expect(touched).toEqual([]);
});

test("the storage of steps is none of the user's", () => {
  watch();
  runIn(step, () => runIn(newStep(), () => processState.steps.enterWith(step.carried)));
  expect(touched).toEqual([]);
});

test('values, arguments and results pass', () => {
  watch();
  const result = runIn(step, () => a.run(1, (...args: number[]) => [a.getStore(), ...args], 2, 3));
  expect(result).toEqual([1, 2, 3]);
  expect(() =>
    a.run(1, () => {
      throw new Error('mine');
    }),
  ).toThrow('mine');
  expect(prototype.enterWith.name).toBe('enterWith');
  expect(Object.keys(prototype)).toEqual([]);
});

test('entering a storage while being notified does not recurse', () => {
  watch();
  const other = storage();
  step.touched = storage => {
    touched.push(storage);
    other.run(1, () => {});
  };
  runIn(step, () => a.enterWith(1));
  expect(touched).toEqual([a]);
});

test('watching ends with the last watcher; ending twice does nothing', () => {
  const [first, second] = [watch(), watch()];
  first();
  first();
  enterSome();
  expect(touched.length).toBeGreaterThan(0);
  second();
  expect(prototype.enterWith).toBe(original.enterWith);
  touched = [];
  enterSome();
  expect(touched).toEqual([]);
});

test('patches over the methods stay, and the methods are not replaced twice', () => {
  const unwatch = watch();
  const ours = prototype.enterWith;
  let calls = 0;
  const theirs = function (this: Storage, value: unknown): void {
    calls++;
    ours.call(this, value);
  };
  prototype.enterWith = theirs;
  unwatch();
  expect(prototype.enterWith).toBe(theirs);
  enterSome();
  expect(touched).toEqual([]);
  const again = watch();
  expect(prototype.enterWith).toBe(theirs);
  enterSome();
  expect(touched.length).toBeGreaterThan(0);
  expect(calls).toBeGreaterThanOrEqual(2);
  prototype.enterWith = ours;
  again();
});

test('a promise is known by the runs that returned it', async () => {
  watch();
  const b = storage();
  const inner = runIn(step, () => a.run(1, () => b.run(2, async () => {})));
  expect(new Set(storagesAround(inner))).toEqual(new Set([a, b]));
  const outer = runIn(step, async () => a.run(1, async () => {}));
  expect(storagesAround(outer)).toBeUndefined();
  expect(storagesAround(a.run(1, async () => {}))).toBeUndefined();
  await Promise.all([inner, outer]);
});

import type { Loop } from '../../../../src/loop';
import { runIn, Step } from '../../../../src/loop/steps/step';
import { installGlobals } from '../../../../src/loop/timers/ambient';
import { newLoop, real, wait } from '../support';

/** The timers of a window: numbers, and no immediates. */
function makeWindow() {
  const timers = new Map<number, NodeJS.Timeout>();
  let last = 0;
  const setTimeout = (fn: unknown, ms?: number, ...args: unknown[]): number => {
    if (typeof fn !== 'function') throw new TypeError('no function');
    timers.set(
      ++last,
      real.setTimeout(() => fn.apply(made, args), ms),
    );
    return last;
  };
  const setInterval = (fn: () => void, ms?: number): number => {
    timers.set(++last, real.setInterval(fn, ms));
    return last;
  };
  const clearTimeout = (id: number): void => {
    real.clearTimeout(timers.get(id));
    timers.delete(id);
  };
  const made = { setTimeout, setInterval, clearTimeout, clearInterval: clearTimeout, timers };
  return made;
}

let loop: Loop;
let mine: ReturnType<typeof makeWindow>;
let original: ReturnType<typeof makeWindow>;
let takeOut: () => void;
const pending = (): string[] => [...loop.pending].map(item => item.describe());

beforeEach(() => {
  loop = newLoop();
  mine = makeWindow();
  original = { ...mine };
  takeOut = installGlobals(mine);
});

test('existing functions are restored, and missing ones stay missing', () => {
  expect(mine.setTimeout).not.toBe(original.setTimeout);
  expect(Object.keys(mine).sort()).toEqual(Object.keys(original).sort());
  takeOut();
  expect(mine).toEqual(original);
});

test('a second installation gives the same functions', () => {
  const { setTimeout } = mine;
  takeOut();
  installGlobals(mine);
  expect(mine.setTimeout).toBe(setTimeout);
});

test('in a Loop they belong to it, keep number handles, and end with it', async () => {
  const fn = jest.fn();
  const ids = loop.run(() => [mine.setTimeout(fn, 5), mine.setInterval(fn, 5)]);
  expect(ids).toEqual([1, 2]);
  expect(pending()).toEqual(['setTimeout(fn, 5)', 'setInterval(fn, 5)']);
  await loop.close();
  expect(mine.timers.size).toBe(0);
  await wait(15);
  expect(fn).not.toHaveBeenCalled();
});

test('outside of every Loop they are the window’s', () => {
  const id = mine.setTimeout(() => {}, 1000);
  expect([id, pending()]).toEqual([1, []]);
  mine.clearTimeout(id);
});

test('they fire once with their arguments and are forgotten, as are cleared ones', async () => {
  const got = await new Promise(resolve => {
    loop.run(() => {
      mine.setTimeout(
        function (this: unknown, ...args: unknown[]) {
          resolve([this === mine, ...args, pending()]);
        },
        1,
        'a',
      );
      mine.clearInterval(mine.setTimeout(() => {}, 1000));
    });
  });
  expect(got).toEqual([true, 'a', []]);
});

test('code that was given up sets none', async () => {
  const fn = jest.fn();
  const step = new Step('gone', loop, undefined);
  const before = runIn(step, () => mine.setTimeout(fn, 1));
  step.givenUpItself = true;
  const after = runIn(step, () => mine.setTimeout(fn, 1));
  expect([before, after]).toEqual([1, 2]);
  await wait(10);
  expect(fn).not.toHaveBeenCalled();
  expect(loop.pending.size).toBe(0);
});

test('a closed Loop takes none', async () => {
  const fn = jest.fn();
  const step = new Step('late', loop, undefined);
  await loop.close();
  expect(runIn(step, () => mine.setTimeout(fn, 1))).toBe(1);
  await wait(10);
  expect(fn).not.toHaveBeenCalled();
  expect(mine.timers.size).toBe(0);
});

test('a non-function gets the window’s own error', () => {
  expect(() => loop.run(() => mine.setTimeout('text', 1))).toThrow('no function');
});

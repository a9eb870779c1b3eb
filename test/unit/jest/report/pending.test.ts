import { describePending, isLeftover } from '../../../../src/jest/report/sites';
import { Loop } from '../../../../src/loop';
import type { PendingWork } from '../../../../src/loop/steps/pending-work';
import { turn } from '../../support';

let loop: Loop;

beforeEach(() => {
  loop = new Loop();
  loop.tracing = true;
});

afterEach(() => loop.close());

/** What `fn`, run in the Loop, leaves pending. */
function leaves(fn: () => unknown): PendingWork[] {
  loop.run(() => void fn());
  return [...loop.pending];
}

test('pending work is shown with the place that started it', () => {
  const [timer] = leaves(() => setTimeout(() => {}, 500));
  expect(describePending(timer!, __dirname)).toMatch(/^setTimeout\(fn, 500\) at pending.test.ts:\d+$/);
});

test('a timer that a dependency set is shown with the line that called the dependency', () => {
  const [timer] = leaves(() => setTimeout(() => {}, 500));
  const place = (...frames: string[]): string => {
    const stack = ['Error', ...frames].join('\n    at ');
    return describePending(
      { ...timer!, describe: () => 'setTimeout(fn, 500)', site: { stack } as Error },
      '/p',
    );
  };
  const dependency = 'delay (/p/node_modules/lodash/lodash.js:6741:7)';
  expect(place(dependency, 'Array.map (<anonymous>)', 'fn (/p/src/a.ts:3:7)')).toBe(
    'setTimeout(fn, 500) at src/a.ts:3',
  );
  expect(place(dependency)).toBe('setTimeout(fn, 500) at node_modules/lodash/lodash.js:6741');
});

test('pending work without a place', () => {
  loop.tracing = false;
  const [timer] = leaves(() => setTimeout(() => {}, 0));
  expect(describePending(timer!, __dirname)).toBe('setTimeout(fn, 0)');
});

test.each<[string, () => unknown, boolean]>([
  ['a timer', () => setTimeout(() => {}, 500), true],
  ['an interval', () => setInterval(() => {}, 500), true],
  ['a timer that keeps no process alive', () => setTimeout(() => {}, 500).unref(), false],
  ['a sleep', () => loop.sleep(500), true],
  ['a callback', () => loop.callLater(500, () => {}), true],
  ['a task', () => loop.createTask(() => {}), false],
  ['a wait for a future', () => loop.createFuture().then(undefined, () => {}), false],
])('%s is left over: %p', async (_, fn, left) => {
  const items = leaves(fn);
  expect(items.map(isLeftover)).toEqual([left]);
});

test('finished work is no leftover', async () => {
  const items = leaves(() => clearTimeout(setTimeout(() => {}, 500)));
  expect(items).toEqual([]);
  const [timer] = leaves(() => setTimeout(() => {}, 1));
  await new Promise(resolve => setTimeout(resolve, 20));
  await turn();
  expect(isLeftover(timer!)).toBe(false);
});

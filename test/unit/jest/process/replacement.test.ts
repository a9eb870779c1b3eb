import { awaitReplacement, mayBeReplaced } from '../../../../src/jest/process/replacement';
import { state } from '../../../../src/jest/process/state';
import { worker } from '../../../../src/process/store';

const { isListening, replacementMs, isEnding } = state;
const { real } = worker;
const waits: number[] = [];

beforeEach(() => {
  waits.length = 0;
  const setTimeout = (fn: () => void, ms: number): void => {
    waits.push(ms);
    fn();
  };
  Object.assign(state, { isListening: true });
  Object.assign(worker, { real: { ...real, setTimeout } });
});
afterEach(() => {
  Object.assign(state, { isListening, replacementMs, isEnding });
  Object.assign(worker, { real });
});

test.each([
  ['more than the limit', 0.5, true, [2000]],
  ['nearly as much', 1.1, true, [100]],
  ['less', 2, false, []],
])('with %s the next file waits until it is certain that the worker stays', async (_, times, may, waited) => {
  expect(mayBeReplaced(process.memoryUsage().heapUsed * times)).toBe(may);
  await awaitReplacement();
  expect(waits).toEqual(waited);
});

test('the next file does not wait without a limit, nor in band', async () => {
  expect(mayBeReplaced(undefined)).toBe(false);
  state.isListening = false;
  expect(mayBeReplaced(1)).toBe(false);
  await awaitReplacement();
  expect(waits).toEqual([]);
});

test('the next file never starts in a worker that is ending', async () => {
  state.isEnding = true;
  let begun = false;
  void awaitReplacement().then(() => {
    begun = true;
  });
  await new Promise(resolve => setTimeout(resolve, 5));
  expect(begun).toBe(false);
});

import { jestState } from '../../../../src/jest/process/jest-state';
import { awaitReplacement, mayBeReplaced } from '../../../../src/jest/process/worker-replacement';
import { processState } from '../../../../src/process/process-state';

const { isListening, replacementMs, isEnding } = jestState;
const { real } = processState;
const waits: number[] = [];

beforeEach(() => {
  waits.length = 0;
  const setTimeout = (fn: () => void, ms: number): void => {
    waits.push(ms);
    fn();
  };
  Object.assign(jestState, { isListening: true });
  Object.assign(processState, { real: { ...real, setTimeout } });
});
afterEach(() => {
  Object.assign(jestState, { isListening, replacementMs, isEnding });
  Object.assign(processState, { real });
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
  jestState.isListening = false;
  expect(mayBeReplaced(1)).toBe(false);
  await awaitReplacement();
  expect(waits).toEqual([]);
});

test('the next file never starts in a worker that is ending', async () => {
  jestState.isEnding = true;
  let begun = false;
  void awaitReplacement().then(() => {
    begun = true;
  });
  await new Promise(resolve => setTimeout(resolve, 5));
  expect(begun).toBe(false);
});

import type { TestWatcher } from 'jest-runner';
import { BailCount } from '../../../../src/jest/runner/bail';

type Result = Parameters<BailCount['isReached']>[0];

let bail: BailCount;
let state: { watchMode: boolean; interrupted: boolean };
const watcher = {
  isWatchMode: () => state.watchMode,
  isInterrupted: () => state.interrupted,
} as unknown as TestWatcher;
const reached = (numFailingTests: number, limit = 2, leaks = false): boolean =>
  bail.isReached({ leaks, numFailingTests } as Result, limit, watcher);

beforeEach(() => {
  bail = new BailCount();
  state = { watchMode: false, interrupted: false };
});

test('the limit is reached when as many tests have failed in all files', () => {
  expect([reached(1), reached(0), reached(1)]).toEqual([false, false, true]);
});

test('without a limit it is never reached', () => {
  expect(reached(5, 0)).toBe(false);
});

test('files that leak do not count', () => {
  expect([reached(5, 2, true), reached(2)]).toEqual([false, true]);
});

test('Jest does not exit in watch mode, nor after an interrupt', () => {
  state.interrupted = true;
  expect(reached(2)).toBe(false);
  state = { watchMode: true, interrupted: false };
  expect(reached(2)).toBe(false);
});

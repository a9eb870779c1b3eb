import type { TestWatcher } from 'jest-runner';
import { MainRun } from '../../../../src/jest/process/main-run';
import { wrapWatcher } from '../../../../src/jest/runner/run-watcher';

type Change = (state: { interrupted: boolean }) => unknown;

/** Like Jest's: an emitter with private fields. */
class FakeWatcher {
  #listeners: Change[] = [];
  #interrupted = false;

  on(event: string, listener: Change): void {
    if (event === 'change') this.#listeners.push(listener);
  }

  isInterrupted(): boolean {
    return this.#interrupted;
  }

  isWatchMode(): boolean {
    return this.#interrupted === undefined;
  }

  setState(state: { interrupted: boolean }): void {
    this.#interrupted = state.interrupted;
    for (const listener of this.#listeners) listener(state);
  }
}

const make = (windUp = async (): Promise<void> => {}) => {
  const watcher = new FakeWatcher();
  const run = new MainRun(true, 1, () => {});
  return { watcher, run, ours: wrapWatcher(watcher as unknown as TestWatcher, run, windUp) };
};
const on = (watcher: TestWatcher, listener: Change): unknown =>
  (watcher.on as unknown as (event: string, listener: Change) => unknown)('change', listener);

test('Jest learns of an interrupt after the teardown', async () => {
  let tornDown!: () => void;
  const { watcher, ours } = make(() => new Promise(resolve => (tornDown = resolve)));
  const listener = jest.fn();
  on(ours, listener);
  watcher.setState({ interrupted: true });
  await null;
  expect(listener).not.toHaveBeenCalled();
  tornDown();
  await new Promise(resolve => setImmediate(resolve));
  expect(listener.mock.calls).toEqual([[{ interrupted: true }]]);
});

test('Jest learns of anything else at once', () => {
  const windUp = jest.fn(async () => {});
  const { watcher, ours } = make(windUp);
  const listener = jest.fn();
  on(ours, listener);
  watcher.setState({ interrupted: false });
  expect(listener).toHaveBeenCalledTimes(1);
  expect(windUp).not.toHaveBeenCalled();
});

test('a stopped run counts as interrupted', () => {
  const { watcher, run, ours } = make();
  expect(ours.isInterrupted()).toBe(false);
  run.stop('bail');
  expect([ours.isInterrupted(), watcher.isInterrupted()]).toEqual([true, false]);
  const other = make();
  other.watcher.setState({ interrupted: true });
  expect(other.ours.isInterrupted()).toBe(true);
});

test('all other methods are unchanged', () => {
  const { ours } = make();
  expect(ours.isWatchMode()).toBe(false);
});

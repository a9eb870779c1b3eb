import type { TestWatcher } from 'jest-runner';
import { MainRun } from '../../../../src/jest/process/main-run';
import { wrapWatcher } from '../../../../src/jest/runner/run-watcher';

type Change = (state: { interrupted: boolean }) => unknown;

/** Jest's: an emitter with private fields. */
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
  return { watcher, run, own: wrapWatcher(watcher as unknown as TestWatcher, run, windUp) };
};
const on = (watcher: TestWatcher, listener: Change): unknown =>
  (watcher.on as unknown as (event: string, listener: Change) => unknown)('change', listener);

test('Jest hears of an interrupt when all is down', async () => {
  let down!: () => void;
  const { watcher, own } = make(() => new Promise(resolve => (down = resolve)));
  const heard = jest.fn();
  on(own, heard);
  watcher.setState({ interrupted: true });
  await null;
  expect(heard).not.toHaveBeenCalled();
  down();
  await new Promise(resolve => setImmediate(resolve));
  expect(heard.mock.calls).toEqual([[{ interrupted: true }]]);
});

test('it hears of anything else at once', () => {
  const windUp = jest.fn(async () => {});
  const { watcher, own } = make(windUp);
  const heard = jest.fn();
  on(own, heard);
  watcher.setState({ interrupted: false });
  expect(heard).toHaveBeenCalledTimes(1);
  expect(windUp).not.toHaveBeenCalled();
});

test('a run that was stopped is interrupted, for Jest as for its watcher', () => {
  const { watcher, run, own } = make();
  expect(own.isInterrupted()).toBe(false);
  run.stop('bail');
  expect([own.isInterrupted(), watcher.isInterrupted()]).toEqual([true, false]);
  const other = make();
  other.watcher.setState({ interrupted: true });
  expect(other.own.isInterrupted()).toBe(true);
});

test('all else of it is as it was', () => {
  const { own } = make();
  expect(own.isWatchMode()).toBe(false);
});

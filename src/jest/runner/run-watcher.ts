import type { TestWatcher } from 'jest-runner';
import type { MainRun } from '../process/main-run';

type Change = (state: { interrupted: boolean }) => unknown;

/**
 * The watcher that tells Jest's runner to stop. Jest's own does so as soon as a key is pressed in watch mode, and the
 * runner then ends its workers within half a second. This one waits until what runs there is torn down.
 */
export function wrapWatcher(watcher: TestWatcher, run: MainRun, windUp: () => Promise<void>): TestWatcher {
  const on = (event: string, listener: Change): unknown =>
    Reflect.apply(watcher.on as (event: string, listener: Change) => unknown, watcher, [
      event,
      event === 'change' ? afterWindUp(listener) : listener,
    ]);
  const afterWindUp =
    (listener: Change): Change =>
    state => {
      if (!state.interrupted) return listener(state);
      // Not awaited: Jest emits this while it handles the result of a file, and the run waits for that result.
      void windUp().then(() => listener(state));
      return undefined;
    };
  const isInterrupted = (): boolean => run.isStopped || watcher.isInterrupted();
  const replaced: Readonly<Record<PropertyKey, unknown>> = { on, isInterrupted };
  return new Proxy(watcher, {
    get(target, key) {
      if (Object.hasOwn(replaced, key)) return replaced[key];
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

import type { TestWatcher } from 'jest-runner';
import type { MainRun } from '../process/main-run';

type Change = (state: { interrupted: boolean }) => unknown;

/**
 * What Jest's runner looks at to learn that it has to stop. Jest's own tells it when somebody presses a key in watch
 * mode, whereupon the runner ends its workers within half a second: ours tells it when what runs there is down.
 */
export function wrapWatcher(watcher: TestWatcher, run: MainRun, windUp: () => Promise<void>): TestWatcher {
  const on = (event: string, listener: Change): unknown =>
    Reflect.apply(watcher.on as (event: string, listener: Change) => unknown, watcher, [
      event,
      event === 'change' ? passingOn(listener) : listener,
    ]);
  const passingOn =
    (listener: Change): Change =>
    state => {
      if (!state.interrupted) return listener(state);
      // Not waited for: Jest tells of it while it is given the result of a file, which belongs to the run.
      void windUp().then(() => listener(state));
      return undefined;
    };
  const isInterrupted = (): boolean => run.isStopped || watcher.isInterrupted();
  const own: Readonly<Record<PropertyKey, unknown>> = { on, isInterrupted };
  return new Proxy(watcher, {
    get(target, key) {
      if (Object.hasOwn(own, key)) return own[key];
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

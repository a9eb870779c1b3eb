import { NO_TIMEOUT } from '../file/circus';

interface Timers {
  setTimeout: (callback: () => void, ms?: number, ...rest: unknown[]) => unknown;
  clearTimeout: (handle: unknown) => void;
}

/** The running time limits of circus itself: those of unmanaged tests and hooks. */
export class CircusTimers {
  /** A hook that cleans up is running: it keeps its full time. */
  cleaning = false;
  readonly #pending = new Map<unknown, () => void>();

  /**
   * Circus keeps the timers that it finds in the sandbox when it is loaded. Watches them until the returned function is
   * called.
   * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-circus/src/utils.ts#L23
   */
  watch(global: object): () => void {
    const timers = global as Timers;
    const { setTimeout, clearTimeout } = timers;
    const pending = this.#pending;
    const setting: Timers['setTimeout'] = (callback, ms, ...rest) => {
      if (ms === NO_TIMEOUT || this.cleaning) return setTimeout(callback, ms, ...rest);
      const handle = setTimeout(() => {
        pending.delete(handle);
        callback();
      }, ms);
      pending.set(handle, callback);
      return handle;
    };
    const clearing: Timers['clearTimeout'] = handle => {
      pending.delete(handle);
      clearTimeout(handle);
    };
    timers.setTimeout = setting;
    timers.clearTimeout = clearing;
    return () => {
      if (timers.setTimeout === setting) timers.setTimeout = setTimeout;
      if (timers.clearTimeout === clearing) timers.clearTimeout = clearTimeout;
    };
  }

  /** The limits that are running now; calling one expires it at once. */
  running(): (() => void)[] {
    return [...this.#pending].map(([handle, callback]) => () => {
      if (this.#pending.delete(handle)) callback();
    });
  }
}

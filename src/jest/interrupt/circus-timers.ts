import { after, cancel, type TimerHandle } from '../../process/real-time';
import { NO_TIMEOUT } from '../file/circus';

interface Timers {
  setTimeout: (callback: () => void, ms?: number) => unknown;
  clearTimeout: (handle: unknown) => void;
}

/** Instead of a timer for a managed test or hook, which has our clock. */
const UNTIMED = {};

/** The running time limits of circus itself: those of unmanaged tests and hooks. */
export class CircusTimers {
  /** A hook that cleans up is running: it keeps its full time. */
  cleaning = false;
  readonly #pending = new Map<unknown, () => void>();
  /** Those that nothing may expire early. */
  readonly #others = new Set<unknown>();
  /** Keeps the process alive while a managed test waits for what never comes, as circus' timers would. */
  #keeper: TimerHandle | undefined;

  /** How many run now. */
  get count(): number {
    return this.#pending.size + this.#others.size + (this.#keeper === undefined ? 0 : 1);
  }

  /**
   * Circus keeps the timers that it finds in the sandbox when it is loaded. Watches them until the returned function is
   * called.
   * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-circus/src/utils.ts#L23
   */
  watch(global: object): () => void {
    const timers = global as Timers;
    const { setTimeout, clearTimeout } = timers;
    const pending = this.#pending;
    const others = this.#others;
    const setting: Timers['setTimeout'] = (callback, ms) => {
      if (ms === NO_TIMEOUT) {
        this.#keeper ??= after(NO_TIMEOUT, () => {});
        return UNTIMED;
      }
      const handle = setTimeout(() => {
        if (!pending.delete(handle)) others.delete(handle);
        callback();
      }, ms);
      if (this.cleaning) others.add(handle);
      else pending.set(handle, callback);
      return handle;
    };
    const clearing: Timers['clearTimeout'] = handle => {
      if (handle === UNTIMED) return;
      if (!pending.delete(handle)) others.delete(handle);
      clearTimeout(handle);
    };
    timers.setTimeout = setting;
    timers.clearTimeout = clearing;
    return () => {
      if (timers.setTimeout === setting) timers.setTimeout = setTimeout;
      if (timers.clearTimeout === clearing) timers.clearTimeout = clearTimeout;
    };
  }

  /** The file is over. */
  end(): void {
    if (this.#keeper !== undefined) cancel(this.#keeper);
    this.#keeper = undefined;
  }

  /** The limits that are running now; calling one expires it at once. */
  running(): (() => void)[] {
    return [...this.#pending].map(([handle, callback]) => () => {
      if (this.#pending.delete(handle)) callback();
    });
  }
}

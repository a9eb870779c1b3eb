import { processState } from '../process/process-state';

/** Jest's modern fake timers, as far as they are used here. */
export interface FakeTimers {
  useFakeTimers(config?: object): void;
  useRealTimers(): void;
  advanceTimersByTime(ms: number): void;
  advanceTimersToNextTimer(steps?: number): void;
  now(): number;
}

/** The class of an environment's fake timers: `environment.fakeTimersModern.constructor`. */
export type FakeTimersClass = new (options: { global: unknown; config: unknown }) => FakeTimers;

/** The functions that the fakes put into their own global object. */
interface FakeGlobal {
  setTimeout(fn: () => void, ms: number): unknown;
  clearTimeout(handle: unknown): void;
  setInterval(fn: () => void, ms: number): unknown;
}

/**
 * The time of one backend: Jest's own fake timers, on a global object that belongs to this clock alone. So each Loop has
 * its own time, and `jest.useFakeTimers()`, which works on the global object of the test file, is independent of it.
 */
export class FakeClock {
  readonly #fakes: FakeTimers;
  readonly #global: FakeGlobal;
  readonly #start: number;
  /** Whole, so that durations are exact. */
  readonly #monotonic = Math.floor(processState.real.now());

  /** `numbers`: handles are numbers, as in a browser. */
  constructor(Fakes: FakeTimersClass, numbers: boolean) {
    const handle = (): unknown => (numbers ? 0 : {});
    const nothing = (): void => {};
    this.#global = {
      Date,
      setTimeout: handle,
      clearTimeout: nothing,
      setInterval: handle,
      clearInterval: nothing,
    } as unknown as FakeGlobal;
    this.#fakes = new Fakes({ global: this.#global, config: { fakeTimers: {} } });
    // As many timers as memory holds may fire at a time.
    this.#fakes.useFakeTimers({ timerLimit: Number.MAX_SAFE_INTEGER });
    this.#start = this.#fakes.now();
  }

  /** Milliseconds since 1970. */
  wallClock(): number {
    return this.#fakes.now();
  }

  /** Milliseconds on a monotonic clock, which goes on from the real one. */
  now(): number {
    return this.#monotonic + this.#fakes.now() - this.#start;
  }

  /** Sets a timer of the fakes. Returns their handle. */
  set(ms: number, fire: () => void, repeats: boolean): unknown {
    return repeats ? this.#global.setInterval(fire, ms) : this.#global.setTimeout(fire, ms);
  }

  clear(handle: unknown): void {
    this.#global.clearTimeout(handle);
  }

  /** Moves the time; fires what becomes due. */
  advance(ms: number): void {
    this.#fakes.advanceTimersByTime(ms);
  }

  /** Moves the time to the next timer; fires all that are due then. */
  jump(): void {
    this.#fakes.advanceTimersToNextTimer();
  }

  close(): void {
    this.#fakes.useRealTimers();
  }
}

import { processState } from '../process/process-state';
import { LONGEST_DELAY } from '../process/real-timers';

/** Jest's modern fake timers, as far as they are used here. */
export interface FakeTimers {
  useFakeTimers(config?: object): void;
  useRealTimers(): void;
  advanceTimersByTime(ms: number): void;
  advanceTimersToNextTimer(steps?: number): void;
  getTimerCount(): number;
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

/** A timer that is due later than the fakes can say: they fire one with a longer delay after 1 ms, as Node does. */
interface FarTimer {
  /** When it is due, by the clock of the fakes. */
  readonly at: number;
  readonly fire: () => void;
  /** Their handle, once it is near enough. */
  near: unknown;
}

/**
 * The time of one backend: Jest's own fake timers, on a global object that belongs to this clock alone. So each Loop has
 * its own time, and `jest.useFakeTimers()`, which works on the global object of the test file, is independent of it.
 */
export class FakeClock {
  readonly #fakes: FakeTimers;
  readonly #global: FakeGlobal;
  readonly #start: number;
  readonly #far = new Set<FarTimer>();
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

  /** Sets a timer; only one that does not repeat may be of any length. Returns its handle. */
  set(ms: number, fire: () => void, repeats: boolean): unknown {
    if (repeats) return this.#global.setInterval(fire, ms);
    if (ms <= LONGEST_DELAY) return this.#global.setTimeout(fire, ms);
    const timer: FarTimer = { at: this.#fakes.now() + Math.trunc(ms), fire, near: undefined };
    this.#far.add(timer);
    return timer;
  }

  clear(handle: unknown): void {
    const far = handle as FarTimer;
    if (this.#far.delete(far)) return;
    this.#global.clearTimeout(isFar(handle) ? far.near : handle);
  }

  /** Moves the time; fires what becomes due. */
  advance(ms: number): void {
    const until = this.#fakes.now() + ms;
    for (let next = this.#nextFar(); next <= until; next = this.#nextFar()) this.#approach(next);
    this.#fakes.advanceTimersByTime(until - this.#fakes.now());
    this.#setNear();
  }

  /** Moves the time to the next timer; fires all that are due then. */
  jump(): void {
    if (this.#fakes.getTimerCount() === 0) this.#approach(this.#nextFar());
    this.#fakes.advanceTimersToNextTimer();
    this.#setNear();
  }

  /** When the next of the far timers is due. */
  #nextFar(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const { at } of this.#far) next = Math.min(next, at);
    return next;
  }

  /** Moves the time until a far timer is near, but does not fire it. */
  #approach(next: number): void {
    this.#fakes.advanceTimersByTime(next - LONGEST_DELAY - this.#fakes.now());
    this.#setNear();
  }

  /** From now on the fakes have the far timers that have come near. */
  #setNear(): void {
    if (this.#far.size === 0) return;
    const now = this.#fakes.now();
    for (const timer of this.#far) {
      if (timer.at - now > LONGEST_DELAY) continue;
      this.#far.delete(timer);
      timer.near = this.#global.setTimeout(timer.fire, timer.at - now);
    }
  }

  close(): void {
    this.#fakes.useRealTimers();
  }
}

function isFar(handle: unknown): handle is FarTimer {
  return typeof handle === 'object' && handle !== null && 'near' in handle;
}

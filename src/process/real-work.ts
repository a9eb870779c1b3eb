import { LONGEST_DELAY } from './real-timers';

/** The part of a Loop that matters here. */
export interface OtherLoop {
  readonly backend: object | undefined;
  readonly pending: Iterable<{ readonly alive: boolean }>;
}

/** Node's own flag for a timer that has fired or was cleared. */
interface NodeTimer {
  readonly _destroyed?: boolean;
}

/** How many ms late a timer may fire. */
const LATE = 50;

/**
 * What code of a test file has under way on real time, where Node does not show it or shows only a number: its Loops, and
 * the timers that it sets outside of every Loop. A backend reads it, to see whether anything may still wake a test.
 */
export class RealWork {
  /** The open Loops. */
  readonly loops = new Set<OtherLoop>();
  readonly #timers = new Set<NodeTimer>();
  /** The timers of a window: numbers. */
  readonly #numbers = new Set<number>();
  readonly #signals = new Set<WeakRef<AbortSignal>>();
  /** When the last promise of a time is due. */
  #due = 0;

  constructor(
    /** The real time, in ms. */
    readonly now: () => number,
  ) {}

  /** Whether nothing of it is under way. */
  get isIdle(): boolean {
    return (
      !this.hasTimers && [...this.loops].every(({ pending }) => ![...pending].some(({ alive }) => alive))
    );
  }

  /** Whether any timer outside of Loops may still fire. */
  get hasTimers(): boolean {
    for (const timer of this.#timers) {
      if (timer._destroyed !== true) return true;
      this.#timers.delete(timer);
    }
    for (const signal of this.#signals) {
      // One without listeners is collected.
      if (signal.deref()?.aborted === false) return true;
      this.#signals.delete(signal);
    }
    return this.#numbers.size > 0 || this.now() < this.#due;
  }

  /** A timer is set outside of every Loop. The longest delay is Jest's, for a function without a limit. */
  timerSet(timer: object, delay: unknown): void {
    if (delay !== LONGEST_DELAY) this.#timers.add(timer);
  }

  /** The same in a window. */
  windowTimerSet(handle: number, delay: unknown): void {
    if (delay !== LONGEST_DELAY) this.#numbers.add(handle);
  }

  /** It has fired, or was cleared. */
  windowTimerOver(handle: unknown): void {
    this.#numbers.delete(handle as number);
  }

  /** A promise of a time is made outside of every Loop: it is over then, at the latest. */
  promiseMade(ms: unknown): void {
    const due = this.now() + (Number(ms) || 0) + LATE;
    if (due > this.#due) this.#due = due;
  }

  /** A signal of `AbortSignal.timeout` is made. */
  signalMade(signal: AbortSignal): void {
    this.#signals.add(new WeakRef(signal));
  }
}

import { after, cancel, now, type TimerHandle } from '../time/clock';

/**
 * The clock of one function: what `asyncTimeoutProvider.load()` returns. Only `set` must be there; where `start` is
 * missing, the clock is that of jest-loop, with `timeout` as its limit. See docs/timeouts.md.
 */
export interface AsyncTimeout {
  /** The limit in ms, for messages. @default the default timeout of the function */
  readonly timeout?: number;
  /** Starts the clock anew: `ms` milliseconds from now, any number of times. */
  set(ms: number): void;
  /** The function has started; `expire` ends it. */
  start?(expire: () => void): void;
  /** The function has ended. */
  stop?(): void;
}

/** What `asyncTimeoutProvider.load` is told. See docs/timeouts.md. */
export interface AsyncTimeoutLoad {
  /** The limit in ms that it would have. */
  readonly defaultTimeout: number;
  /** The name of the test or fixture, or the kind of hook. */
  readonly name: string;
  /** What is timed. */
  readonly phase: 'set up' | 'tear down' | 'test' | 'hook';
}

/** Says how functions are timed: the value of a fixture `asyncTimeoutProvider`. See docs/timeouts.md. */
export interface AsyncTimeoutProvider {
  /** Called for each function that has a limit. */
  load(what: AsyncTimeoutLoad): AsyncTimeout;
}

/** A clock of the user's; without a `start` of its own, it says how long, and one of ours counts. */
export class ProvidedClock implements AsyncTimeout {
  readonly #fallback: Clock | undefined;
  /** The last limit that was set. */
  #ms: number;

  constructor(
    readonly clock: AsyncTimeout,
    ms: number,
  ) {
    this.#ms = ms;
    if (clock.start === undefined) this.#fallback = new Clock(clock.timeout ?? ms);
  }

  get timeout(): number {
    return this.clock.timeout ?? this.#ms;
  }

  set(ms: number): void {
    this.#ms = ms;
    this.clock.set(ms);
    this.#fallback?.set(this.timeout);
  }

  start(expire: () => void): void {
    if (this.#fallback !== undefined) this.#fallback.start(expire);
    else this.clock.start!(expire);
  }

  stop(): void {
    this.#fallback?.stop();
    this.clock.stop?.();
  }
}

/** The clock of a function that has no provider. */
export class Clock implements AsyncTimeout {
  #ms: number;
  /** Whether `set` was called: then what is set counts for the teardown as well. */
  wasSet = false;
  #from: number;
  #expire: (() => void) | undefined;
  #timer: TimerHandle | undefined;

  constructor(ms: number, from: number = now()) {
    this.#ms = ms;
    this.#from = from;
  }

  get timeout(): number {
    return this.#ms;
  }

  /** Whether the limit is over, though the thread was too busy to say so. */
  get isOver(): boolean {
    return now() - this.#from > this.#ms;
  }

  set(ms: number): void {
    this.#ms = ms;
    this.#from = now();
    this.wasSet = true;
    if (this.#expire !== undefined) this.#arm(this.#expire);
  }

  start(expire: () => void): void {
    this.#expire = expire;
    this.#arm(expire);
  }

  stop(): void {
    this.#expire = undefined;
    if (this.#timer !== undefined) cancel(this.#timer);
    this.#timer = undefined;
  }

  #arm(expire: () => void): void {
    if (this.#timer !== undefined) cancel(this.#timer);
    this.#timer = undefined;
    if (this.#ms === Number.POSITIVE_INFINITY) return;
    this.#timer = after(Math.max(0, this.#from + this.#ms - now()), expire);
  }
}

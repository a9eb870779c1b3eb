import * as inspector from 'node:inspector';
import { after, cancel, now, type TimerHandle } from '../process/real-time';

/** The provider that overrides may build on: the clock of jest-loop. */
export const DEFAULT_PROVIDER: AsyncTimeoutProvider = {
  load: ({ defaultTimeout }) => new Clock(defaultTimeout),
};

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

/** A clock of the user's, which need not say how long: then that is what was set last. */
export class ProvidedClock implements AsyncTimeout {
  #ms: number;

  constructor(
    readonly clock: AsyncTimeout,
    ms: number,
  ) {
    this.#ms = ms;
  }

  get timeout(): number {
    return this.clock.timeout ?? this.#ms;
  }

  set(ms: number): void {
    this.#ms = ms;
    this.clock.set(ms);
  }

  start(expire: () => void): void {
    this.clock.start?.(expire);
  }

  stop(): void {
    this.clock.stop?.();
  }
}

/** The clock of a function that has no provider. */
export class Clock implements AsyncTimeout {
  #ms: number;
  /** Whether `set` was called: then it is a limit of the package's. */
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

/** The clock of a function whose provider's runs not by itself: that only says for how long. */
export class LedClock extends Clock {
  readonly #leader: AsyncTimeout;

  constructor(leader: AsyncTimeout, ms: number, from?: number) {
    super(leader.timeout ?? ms, from);
    this.#leader = leader;
  }

  override set(ms: number): void {
    this.#leader.set(ms);
    super.set(this.#leader.timeout ?? ms);
  }

  override stop(): void {
    super.stop();
    this.#leader.stop?.();
  }
}

/**
 * Whether somebody may be stepping through the code: then no time limit fires. An inspector that is open counts,
 * attached or not, and so does the flag that opens one.
 */
export function isDebugging(): boolean {
  return inspector.url() !== undefined || process.execArgv.some(arg => arg.startsWith('--inspect'));
}

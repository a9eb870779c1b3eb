import * as inspector from 'node:inspector';
import { after, cancel, now, type TimerHandle } from '../process/real-time';

/** The built-in provider, with jest-loop's clock. Overrides may build on it. */
export const DEFAULT_PROVIDER: AsyncTimeoutProvider = {
  load: ({ defaultTimeout }) => new Clock(defaultTimeout),
};

/**
 * The clock of one function: the result of `asyncTimeoutProvider.load()`. Only `set` is required; without `start`,
 * jest-loop's clock runs, with `timeout` as its limit. See docs/timeouts.md.
 */
export interface AsyncTimeout {
  /** The limit in ms, for messages. @default the function's default timeout */
  readonly timeout?: number;
  /** Starts the clock anew: `ms` milliseconds from now, any number of times. */
  set(ms: number): void;
  /** The function has started; call `expire` to end it. */
  start?(expire: () => void): void;
  /** The function has ended. */
  stop?(): void;
}

/** The argument of `asyncTimeoutProvider.load`. See docs/timeouts.md. */
export interface AsyncTimeoutLoad {
  /** The limit in ms that the function would have. */
  readonly defaultTimeout: number;
  /** The name of the test or fixture, or the kind of hook. */
  readonly name: string;
  /** The kind of function. */
  readonly phase: 'set up' | 'tear down' | 'test' | 'hook';
}

/** The value of a fixture `asyncTimeoutProvider`: decides how functions are timed. See docs/timeouts.md. */
export interface AsyncTimeoutProvider {
  /** Called for each function with a limit. */
  load(what: AsyncTimeoutLoad): AsyncTimeout;
}

/** A custom clock. One without `timeout` has the limit that was set last. */
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

/** jest-loop's clock. */
export class Clock implements AsyncTimeout {
  #ms: number;
  /** Whether `set` was called: then the limit was set through this package. */
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

  /** Whether its real timer runs. */
  get isTicking(): boolean {
    return this.#timer !== undefined;
  }

  /** Whether the time is up, even if the thread was too busy to notice. */
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
    // Node cuts fractions off, and takes longer with them.
    this.#timer = after(Math.ceil(Math.max(0, this.#from + this.#ms - now())), () => {
      this.#timer = undefined;
      expire();
    });
  }
}

/** The clock of a function whose provider's clock has no `start` and only supplies the limit. */
export class FollowingClock extends Clock {
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
 * Whether a debugger may be in use: then no time limit fires. An open inspector counts, attached or not, and so does the
 * flag that opens one.
 */
export function isDebugging(): boolean {
  return inspector.url() !== undefined || process.execArgv.some(arg => arg.startsWith('--inspect'));
}

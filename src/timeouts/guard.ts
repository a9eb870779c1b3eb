import { type ContextValues, enterIsolated } from '../context/values';
import { isCancelled } from '../loop/cancelled';
import type { Item } from '../loop/item';
import type { Step } from '../loop/step';
import { after, cancel, type TimerHandle } from '../time/clock';
import { isThenable } from '../time/limit';
import { type AsyncTimeout, Clock } from './async-timeout';
import { isDebugging } from './debugging';

/** How long in ms cancelled work may take to end, at most. */
const LONGEST_GRACE = 1000;

/** Calls a function in a step, with values in AsyncLocalStorages. */
export type Enter = (step: Step, values: ContextValues, call: () => unknown) => unknown;

/** What a guard asks of those who know what it guards. */
export interface Guarding {
  /** The limit in ms. */
  readonly ms: number;
  /** The limit was set by the package's means: then a function that blocked too long fails afterwards. */
  readonly own: boolean;
  /** Another clock, of `asyncTimeoutProvider`. */
  readonly clock?: AsyncTimeout | undefined;
  /** The error of an expiry; asked before anything is cancelled. */
  expired(ms: number): Error;
  /** The error of a function that kept the thread beyond its limit. */
  blocked(ms: number): Error;
  /** Aborts the signals that the function was given. */
  abort(reason: unknown): void;
  /** All the pending work that it started, wherever. */
  pending(): Iterable<Item>;
  /** An error of the function after it was given up. */
  late(error: unknown): void;
}

/**
 * Runs one function of the user's, and ends it: on its time limit, or when somebody aborts it. Then it is told by its
 * signal, what it waits for in its Loop is rejected, what it started is cancelled, and after a grace period it is given
 * up: whatever it still does is kept away from everything else.
 */
export class Guard {
  /** Ours, where there is no other. */
  #clock: Clock | undefined;
  #state: 'idle' | 'running' | 'ending' | 'ended' = 'idle';
  #why: { readonly error: unknown } | undefined;
  #grace: TimerHandle | undefined;
  /** It expired before it had returned a promise. */
  #isDue = false;
  #reject: ((error: unknown) => void) | undefined;

  constructor(
    readonly step: Step,
    readonly guarding: Guarding,
    readonly values: ContextValues,
  ) {}

  /** The clock; its own is made when somebody looks at it, or when there is something to wait for. */
  get clock(): AsyncTimeout {
    if (this.guarding.clock !== undefined) return this.guarding.clock;
    this.#clock ??= new Clock(this.guarding.ms);
    return this.#clock;
  }

  /** The limit as it is now, in ms. */
  get ms(): number {
    return (this.guarding.clock ?? this.#clock)?.timeout ?? this.guarding.ms;
  }

  /** Whether it was ended before it ended by itself. */
  get wasEnded(): boolean {
    return this.#why !== undefined;
  }

  /** Whether the function has ended, or was given up. */
  get hasEnded(): boolean {
    return this.#state === 'ended';
  }

  /** Calls the function. What it returns, or a promise of that. `enter` calls it in its step. */
  run(call: () => unknown, enter: Enter = enterIsolated): unknown {
    this.#state = 'running';
    const { guarding } = this;
    // The clock runs from here, though it is set only when there is something to wait for.
    if (guarding.own) void this.clock;
    // One of the user's is told at once: it may be set before there is anything to wait for.
    guarding.clock?.start?.(this.#expire);
    let result: unknown;
    try {
      result = enter(this.step, this.values, call);
    } catch (error) {
      this.#over();
      throw error;
    }
    if (isThenable(result)) return this.#wait(result);
    this.#over();
    if (this.#isBlocked()) throw guarding.blocked(this.ms);
    return result;
  }

  /** Ends the function, which then fails with `error`. Gives false where it is not running. */
  abort(error: unknown): boolean {
    if (this.#state !== 'running' || this.#reject === undefined) return false;
    this.#end(error);
    return true;
  }

  #wait(work: PromiseLike<unknown>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      work.then(
        value => {
          if (this.#state === 'ending') this.#giveBack();
          else if (this.#state === 'running') {
            this.#over();
            if (this.#isBlocked()) reject(this.guarding.blocked(this.ms));
            else resolve(value);
          }
        },
        error => {
          if (this.#state === 'ending') {
            this.#addCause(error);
            this.#giveBack();
          } else if (this.#state === 'running') {
            this.#over();
            reject(error);
          } else if (!isCancelled(error) && error !== this.#why?.error) this.guarding.late(error);
        },
      );
      if (this.#isDue) this.#expire();
      else if (this.guarding.clock === undefined) this.clock.start!(this.#expire);
    });
  }

  readonly #expire = (): void => {
    if (this.#state !== 'running' || isDebugging()) return;
    // A clock of the user's need not wait for the function to return.
    if (this.#reject === undefined) this.#isDue = true;
    else this.#end(this.guarding.expired(this.ms));
  };

  #stop(): void {
    this.#clock?.stop();
    this.guarding.clock?.stop?.();
  }

  /** It has ended by itself. */
  #over(): void {
    this.#state = 'ended';
    this.#reject = undefined;
    this.#stop();
  }

  #isBlocked(): boolean {
    const clock = this.guarding.clock ?? this.#clock;
    if (!(clock instanceof Clock) || !(this.guarding.own || clock.wasSet)) return false;
    return clock.isOver && !isDebugging();
  }

  #end(error: unknown): void {
    this.#state = 'ending';
    this.#why = { error };
    const { guarding } = this;
    this.#stop();
    guarding.abort(error);
    for (const item of [...guarding.pending()]) item.cancel(error);
    this.#grace = after(Math.min(this.ms, LONGEST_GRACE), () => this.#giveBack());
  }

  /** It has had its time: from here on it is as good as gone. */
  #giveUp(): void {
    this.step.condemned = true;
    for (const item of [...this.guarding.pending()]) item.drop();
  }

  #giveBack(): void {
    if (this.#state !== 'ending') return;
    this.#state = 'ended';
    this.#giveUp();
    if (this.#grace !== undefined) cancel(this.#grace);
    const reject = this.#reject!;
    this.#reject = undefined;
    reject(this.#why!.error);
  }

  /** What the function threw when it was told to stop, but for the word that it was told to. */
  #addCause(error: unknown): void {
    const why = this.#why!.error;
    if (isCancelled(error) || error === why || typeof why !== 'object' || why === null) return;
    if ((why as { cause?: unknown }).cause !== undefined) return;
    Object.defineProperty(why, 'cause', {
      value: error,
      configurable: true,
      writable: true,
      enumerable: false,
    });
  }
}

import { type ContextValues, enterIsolated } from '../context/enter';
import { isThenable } from '../loop/promises';
import { isAbort, isCancelled } from '../loop/steps/cancellation';
import type { PendingWork } from '../loop/steps/pending-work';
import type { Step } from '../loop/steps/step';
import { after, cancel, now, type TimerHandle } from '../process/real-time';
import { type AsyncTimeout, Clock, isDebugging, LedClock } from './clock';

/** How long in ms cancelled work may take to end, at most. */
const LONGEST_GRACE = 1000;

/** Calls a function in a step, with values in AsyncLocalStorages. */
export type Enter = (step: Step, values: ContextValues, call: () => unknown) => unknown;

/** What a guard asks of those who know what it guards. */
export interface Guarding {
  /** The limit in ms. */
  readonly ms: number;
  /** The limit was set by the package's means: then a function that blocked too long fails afterwards. */
  readonly ours: boolean;
  /** Another clock, of `asyncTimeoutProvider`. */
  readonly clock?: AsyncTimeout | undefined;
  /** The error of an expiry; asked before anything is cancelled. */
  expired(ms: number): Error;
  /** The error of a function that kept the thread beyond its limit. */
  blocked(ms: number): Error;
  /** Aborts the signals that the function was given. */
  abort(reason: unknown): void;
  /** All the pending work that it started, wherever. */
  pending(): Iterable<PendingWork>;
  /** An error of the function after it was given up. */
  late(error: unknown): void;
  /** Gives up, alone, what runs within the function, which then has another grace period; false: nothing does. */
  giveUpInner?(reason: unknown): boolean;
  /** What the function came to though it was ended, or had blocked for too long: nobody else gets it. */
  unwanted?(value: unknown): void;
}

/**
 * Runs one function of the user's, and ends it: on its time limit, or when somebody aborts it. Then it is told by its
 * signal, what it waits for in its Loop is rejected, what it started is cancelled, and after a grace period it is given
 * up: whatever it still does is kept away from everything else.
 */
export class Guard {
  #clock: AsyncTimeout | undefined;
  #from: number | undefined;
  #stopped = false;
  /** It expired before it had returned a promise. */
  #isDue = false;
  #state: 'idle' | 'running' | 'ending' | 'ended' = 'idle';
  #why: { readonly error: unknown } | undefined;
  #grace: TimerHandle | undefined;
  #reject: ((error: unknown) => void) | undefined;

  constructor(
    readonly step: Step,
    readonly guarding: Guarding,
    readonly values: ContextValues,
  ) {}

  /** The clock; made when somebody looks at it, or when there is something to wait for. */
  get clock(): AsyncTimeout {
    if (this.#clock === undefined) {
      const { clock, ms } = this.guarding;
      if (clock === undefined) this.#clock = new Clock(ms, this.#from);
      else this.#clock = clock.start === undefined ? new LedClock(clock, ms, this.#from) : clock;
    }
    return this.#clock;
  }

  /** The limit as it is now, in ms. */
  get ms(): number {
    return this.#clock?.timeout ?? this.guarding.ms;
  }

  /** Whether the function has ended, or was given up. */
  get hasEnded(): boolean {
    return this.#state === 'ended';
  }

  /** Why it was ended before its time; undefined where it was not. */
  get ending(): { readonly error: unknown } | undefined {
    return this.#why;
  }

  /** What ran within the function has ended: what is around that has a grace period of its own. */
  prolong(): void {
    if (this.#state !== 'ending') return;
    if (this.#grace !== undefined) cancel(this.#grace);
    this.#startGrace();
  }

  /** Calls the function. What it returns, or a promise of that. `enter` calls it in its step. */
  run(call: () => unknown, enter: Enter = enterIsolated): unknown {
    let result: unknown;
    try {
      this.begin();
      result = enter(this.step, this.values, call);
    } catch (error) {
      this.threw();
      throw error;
    }
    return this.returned(result);
  }

  /** For those who call the function themselves: it is about to be called. */
  begin(): void {
    this.#state = 'running';
    // The clock counts from here, though it is set only when there is something to wait for.
    this.#from = now();
    // One of the user's is told at once: it may be set before there is anything to wait for.
    if (this.guarding.clock !== undefined) this.#startClock();
  }

  /** It has thrown. */
  threw(): void {
    this.#state = 'ended';
    this.#stopClock();
  }

  /** It has returned: gives what it returned, or a promise of that. */
  returned(result: unknown): unknown {
    try {
      if (isThenable(result)) return this.#wait(result);
    } catch (error) {
      this.threw();
      throw error;
    }
    this.#state = 'ended';
    this.#stopClock();
    if (this.#isBlocked()) throw this.#blocked(result);
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
      // First: whoever is no promise may call back at once.
      if (this.#isDue) this.#expire();
      else if (this.guarding.clock === undefined) this.#startClock();
      try {
        work.then(
          value => this.#succeeded(value, resolve),
          error => this.#failed(error),
        );
      } catch (error) {
        this.#failed(error);
      }
    });
  }

  #startClock(): void {
    try {
      this.clock.start!(() => this.#expire());
    } catch (error) {
      if (this.#reject === undefined) throw error;
      this.#end(error);
    }
  }

  #expire(): void {
    if (this.#state !== 'running' || isDebugging()) return;
    // A clock of the user's need not wait until there is something to wait for.
    if (this.#reject === undefined) this.#isDue = true;
    else this.#end(this.guarding.expired(this.ms));
  }

  /** Once. A clock of the user's may throw. */
  #stopClock(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    try {
      this.#clock?.stop?.();
    } catch (error) {
      this.guarding.late(error);
    }
  }

  #succeeded(value: unknown, resolve: (value: unknown) => void): void {
    this.#stopClock();
    if (this.#state === 'running') {
      this.#state = 'ended';
      if (this.#isBlocked()) this.#reject!(this.#blocked(value));
      else resolve(value);
      this.#reject = undefined;
    } else if (this.#why !== undefined) {
      this.#giveBack();
      this.guarding.unwanted?.(value);
    }
  }

  #failed(error: unknown): void {
    this.#stopClock();
    if (this.#state === 'running') {
      this.#state = 'ended';
      this.#reject!(error);
      this.#reject = undefined;
    } else if (this.#why !== undefined && !isEcho(error, this.#why.error)) {
      if (this.#state === 'ended' || !this.#addCause(error)) this.guarding.late(error);
    }
    this.#giveBack();
  }

  /** It kept the thread beyond a limit that the package's means have set. */
  #isBlocked(): boolean {
    const { ours } = this.guarding;
    const clock = ours ? this.clock : this.#clock;
    return clock instanceof Clock && (ours || clock.wasSet) && clock.isOver && !isDebugging();
  }

  #blocked(value: unknown): Error {
    this.guarding.unwanted?.(value);
    return this.guarding.blocked(this.ms);
  }

  #end(error: unknown): void {
    this.#state = 'ending';
    this.#why = { error };
    const { guarding } = this;
    this.#stopClock();
    guarding.abort(error);
    for (const item of [...guarding.pending()]) item.cancel(error);
    this.#startGrace();
  }

  #startGrace(): void {
    this.#grace = after(Math.min(this.ms, LONGEST_GRACE), () => {
      if (this.guarding.giveUpInner?.(this.#why!.error) === true) this.#startGrace();
      else this.#giveBack();
    });
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

  /** What the function threw when it was told to stop. False where the reason has no room for it. */
  #addCause(error: unknown): boolean {
    const why = this.#why!.error;
    if (typeof why !== 'object' || why === null || (why as { cause?: unknown }).cause !== undefined)
      return false;
    // Jest 30.0 does not see circles.
    if (isCausedBy(error, why)) return false;
    return Reflect.defineProperty(why, 'cause', {
      value: error,
      configurable: true,
      writable: true,
      enumerable: false,
    });
  }
}

/** Whether an error only says that a function was told to stop, for the reason `why`. */
export function isEcho(error: unknown, why: unknown): boolean {
  return error === why || isCancelled(error) || isAbort(error);
}

function isCausedBy(error: unknown, why: unknown): boolean {
  const seen = new Set<unknown>();
  for (let each = error; each !== why; each = (each as { cause?: unknown }).cause) {
    if (typeof each !== 'object' || each === null || seen.has(each)) return false;
    seen.add(each);
  }
  return true;
}

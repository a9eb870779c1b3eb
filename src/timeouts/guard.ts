import { type ContextValues, enterIsolated } from '../context/enter';
import { isThenable } from '../loop/promises';
import type { Step, StepLoop } from '../loop/steps/step';
import { processState } from '../process/process-state';
import { afterGrace, now, turn } from '../process/real-time';
import type { Waiting } from '../process/waiting';
import { addCause, isEcho } from './causes';
import { type AsyncTimeout, Clock, FollowingClock, isDebugging } from './clock';
import type { Enter, GuardTarget } from './guard-target';
import { errorsOf } from './several';

/** How long in ms cancelled work may take to end, at most. */
const LONGEST_GRACE = 1000;
/** The same for a function that nothing can wake: only its own cleanup may take time. */
const STUCK_GRACE = 100;

/**
 * Runs one function of the user's, and ends it early: on its time limit, or on `abort`. Then its signal aborts, what it
 * waits for in its Loop rejects, what it started is cancelled, and after a grace period it is given up: whatever it
 * still does is kept away from everything else.
 */
export class Guard<G extends GuardTarget = GuardTarget> implements Waiting {
  #clock: AsyncTimeout | undefined;
  #from: number | undefined;
  #stopped = false;
  /** The clock expired before the function returned. */
  #isDue = false;
  #state: 'idle' | 'running' | 'ending' | 'ended' = 'idle';
  #why: { readonly error: unknown } | undefined;
  #endGrace: (() => void) | undefined;
  #reject: ((error: unknown) => void) | undefined;

  constructor(
    readonly step: Step,
    readonly target: G,
    readonly values: ContextValues,
  ) {}

  /** The clock; made on first use, or when there is something to wait for. */
  get clock(): AsyncTimeout {
    if (this.#clock === undefined) {
      const { clock, ms } = this.target;
      if (clock === undefined) this.#clock = new Clock(ms, this.#from);
      else this.#clock = clock.start === undefined ? new FollowingClock(clock, ms, this.#from) : clock;
    }
    return this.#clock;
  }

  /** The same; undefined once the function has ended. */
  get openClock(): AsyncTimeout | undefined {
    return this.hasEnded ? undefined : this.clock;
  }

  /** The limit as it is now, in ms. */
  get ms(): number {
    return this.#clock?.timeout ?? this.target.ms;
  }

  get loops(): StepLoop[] {
    return this.step.knownLoops;
  }

  /** How many real timers it has. */
  get timers(): number {
    const isTicking = this.#clock instanceof Clock && this.#clock.isTicking;
    return Number(isTicking) + Number(this.#endGrace !== undefined);
  }

  /** Whether the function has ended, or was given up. */
  get hasEnded(): boolean {
    return this.#state === 'ended';
  }

  /** Why it was ended early; undefined where it was not. */
  get ending(): { readonly error: unknown } | undefined {
    return this.#why;
  }

  /** The body inside `aroundTest` has ended: the code around it gets a fresh grace period. */
  prolong(): void {
    if (this.#state !== 'ending') return;
    this.#endGrace?.();
    this.#startGrace();
  }

  /** Calls the function: returns its result, or a promise of that. `enter` calls it in its step. */
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

  /** For a caller that calls the function itself: the call is about to begin. */
  begin(): void {
    this.#state = 'running';
    // The clock counts from here, though it starts only when there is something to wait for.
    this.#from = now();
    // A custom clock starts at once: it may be set before there is anything to wait for.
    if (this.target.clock !== undefined) this.#startClock();
  }

  /** The function has thrown. */
  threw(): void {
    this.#state = 'ended';
    this.#stopClock();
  }

  /** The function has returned: gives its result, or a promise of that. */
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

  /** Ends the function: nothing that it waits for can come any more. */
  endStuck(): void {
    if (this.#state === 'running') this.abort(this.target.stuck(), STUCK_GRACE);
  }

  /** Ends the function, which then fails with `error`; false where it is not running. */
  abort(error: unknown, longestGrace?: number): boolean {
    if (this.#state !== 'running' || this.#reject === undefined) return false;
    this.#end(error, longestGrace);
    return true;
  }

  #wait(work: PromiseLike<unknown>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      processState.awaiting?.add(this);
      // First, since a thenable may call back at once.
      if (this.#isDue) this.#expire();
      else if (this.target.clock === undefined) this.#startClock();
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
    // A custom clock need not wait until there is something to wait for.
    if (this.#reject === undefined) this.#isDue = true;
    else this.#end(this.target.expired(this.ms));
  }

  /** Once. A custom clock may throw. */
  #stopClock(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    try {
      this.#clock?.stop?.();
    } catch (error) {
      this.target.late(error);
    }
  }

  #succeeded(value: unknown, resolve: (value: unknown) => void): void {
    this.#stopClock();
    if (this.#state === 'running') {
      this.#state = 'ended';
      processState.awaiting?.delete(this);
      if (this.#isBlocked()) this.#reject!(this.#blocked(value));
      else resolve(value);
      this.#reject = undefined;
    } else if (this.#why !== undefined) {
      this.#awaitCleanup();
      this.target.unwanted?.(value);
    }
  }

  #failed(error: unknown): void {
    this.#stopClock();
    if (this.#state === 'running') {
      this.#state = 'ended';
      processState.awaiting?.delete(this);
      this.#reject!(error);
      this.#reject = undefined;
    } else if (this.#why !== undefined)
      for (const each of errorsOf(error)) this.#failedToo(each, this.#why.error);
    this.#awaitCleanup();
  }

  /** An error of a function that was ended early. */
  #failedToo(error: unknown, why: unknown): void {
    if (isEcho(error, why)) return;
    if (this.#state === 'ended' || !addCause(why, error)) this.target.late(error);
  }

  /** Whether it blocked the thread beyond a limit that was set through this package. */
  #isBlocked(): boolean {
    const { ours } = this.target;
    const clock = ours ? this.clock : this.#clock;
    return clock instanceof Clock && (ours || clock.wasSet) && clock.isOver && !isDebugging();
  }

  #blocked(value: unknown): Error {
    this.target.unwanted?.(value);
    return this.target.blocked(this.ms);
  }

  #end(error: unknown, longestGrace?: number): void {
    this.#state = 'ending';
    this.#why = { error };
    this.step.endedEarly = true;
    const { target } = this;
    this.#stopClock();
    target.abort(error);
    for (const work of [...target.pending()]) work.cancel(error);
    this.#startGrace(longestGrace);
  }

  #startGrace(longest: number = LONGEST_GRACE): void {
    this.#endGrace = afterGrace(Math.min(this.ms, longest), () => {
      this.#endGrace = undefined;
      if (this.target.giveUpInner?.(this.#why!.error) === true) this.#startGrace();
      else this.#settle();
    });
  }

  /** The function has ended in its grace period: so may the tasks and waits that it started, one after the other. */
  #awaitCleanup(): void {
    if (this.#state !== 'ending') return;
    for (const work of this.target.pending()) {
      if (work.whenEnded === undefined) continue;
      // Code that waited for it goes on before the next turn.
      work.whenEnded(() => void turn().then(() => this.#awaitCleanup()));
      return;
    }
    this.#settle();
  }

  /** Keeps whatever it still does away from everything else. */
  #giveUp(): void {
    this.step.givenUpItself = true;
    for (const work of [...this.target.pending()]) work.drop();
  }

  /** Rejects with the reason, once. */
  #settle(): void {
    if (this.#state !== 'ending') return;
    this.#state = 'ended';
    processState.awaiting?.delete(this);
    this.#giveUp();
    this.#endGrace?.();
    const reject = this.#reject!;
    this.#reject = undefined;
    reject(this.#why!.error);
  }
}

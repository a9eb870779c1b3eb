import type { ContextValues } from '../context/enter';
import type { PendingWork } from '../loop/steps/pending-work';
import type { Step } from '../loop/steps/step';
import type { AsyncTimeout } from './clock';
import type { TimeLimit } from './time-limit';

/** Calls a function in a step, with values in AsyncLocalStorages. */
export type Enter = (step: Step, values: ContextValues, call: () => unknown) => unknown;

/** The guarded function, as its caller describes it. */
export interface GuardTarget extends TimeLimit {
  /** Another clock, from `asyncTimeoutProvider`. */
  readonly clock?: AsyncTimeout | undefined;
  /** The error on expiry; called before anything is cancelled. */
  expired(ms: number): Error;
  /** The error of a function that waits for what can never come; called before anything is cancelled. */
  stuck(): Error;
  /** The error of a function that blocked the thread beyond its limit. */
  blocked(ms: number): Error;
  /** Aborts the signals that the function was given. */
  abort(reason: unknown): void;
  /** Pending work that it started, in whatever Loop. */
  pending(): Iterable<PendingWork>;
  /** An error of the function after it was given up. */
  late(error: unknown): void;
  /** Gives up only the code that runs inside the function, which then has another grace period; false: none does. */
  giveUpInner?(reason: unknown): boolean;
  /** The value of a function that was ended, or that blocked too long: nothing else receives it. */
  unwanted?: ((value: unknown) => void) | undefined;
}

/** The time limit of a call, and perhaps another clock. */
interface Timed {
  readonly limit: TimeLimit;
  readonly clock?: AsyncTimeout | undefined;
}

/** The part of a target that comes from the limit and clock of its call. */
export abstract class TimedTarget<C extends Timed> {
  constructor(readonly of: C) {}

  get ms(): number {
    return this.of.limit.ms;
  }

  get ours(): boolean {
    return this.of.limit.ours;
  }

  get clock(): AsyncTimeout | undefined {
    return this.of.clock;
  }
}

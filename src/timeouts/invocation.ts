import type { ContextValues } from '../context/enter';
import { Recording } from '../context/recording';
import type { ErrorFactory, Problem } from '../errors/problem';
import type { Asker } from '../errors/site';
import { blockedTooLong, nothingLeft } from '../errors/timeouts';
import type { PendingWork } from '../loop/steps/pending-work';
import type { Step } from '../loop/steps/step';
import type { AsyncTimeout } from './clock';
import { Guard } from './guard';
import type { TimeLimit } from './time-limit';

/** What an invocation needs of the realm of its function. */
export interface InvocationRealm {
  readonly makeError: ErrorFactory;
  /** Pending work that a step started, in whatever Loop. */
  pendingOf(step: Step): Iterable<PendingWork>;
  /** The same, for messages. */
  waiting(step: Step): string[];
}

/** One call of a user's function, as its caller describes it. */
export interface InvocationOptions {
  readonly realm: InvocationRealm;
  readonly step: Step;
  readonly limit: TimeLimit;
  /** Another clock, from `asyncTimeoutProvider`. */
  readonly clock?: AsyncTimeout | undefined;
  /** What the function finds in AsyncLocalStorages. */
  readonly values: ContextValues;
  /** Whether `left()` tells what the function leaves there. */
  readonly records?: boolean;
  /** The function as messages name it. */
  readonly named: Asker;
  /** The error on expiry; `waiting` describes the pending work. */
  timedOut(ms: number, waiting: readonly string[]): Problem;
  /** Aborts the signals that the function was given. */
  abort(reason: unknown): void;
  /** An error of the function after it was given up. */
  late(error: unknown, givenUp: boolean): void;
  /** The value of a function that was ended, or that blocked too long: nothing else receives it. */
  unwanted?: ((value: unknown) => void) | undefined;
}

/**
 * One call of a user's function: in its step, under its time limit, with its values in AsyncLocalStorages, and named
 * in messages.
 */
export class Invocation {
  readonly step: Step;
  readonly #guard: Guard;
  readonly #recording: Recording | undefined;

  constructor(options: InvocationOptions) {
    const { realm, step, limit, clock, values, named, timedOut, abort, late, unwanted } = options;
    this.step = step;
    this.#recording = options.records === true ? new Recording(step) : undefined;
    this.#guard = new Guard(
      step,
      {
        ...limit,
        clock,
        expired: ms => realm.makeError(timedOut(ms, realm.waiting(step))),
        stuck: () => realm.makeError(nothingLeft(named, realm.waiting(step))),
        blocked: ms => realm.makeError(blockedTooLong(named, ms)),
        abort,
        pending: () => realm.pendingOf(step),
        late: error => late(error, step.givenUp),
        unwanted,
      },
      values,
    );
  }

  /** Its clock; undefined once the function has ended. */
  get clock(): AsyncTimeout | undefined {
    return this.#guard.hasEnded ? undefined : this.#guard.clock;
  }

  /** Calls the function: returns its result, or a promise of that. */
  run(fn: () => unknown): unknown {
    const recording = this.#recording;
    if (recording === undefined) return this.#guard.run(fn);
    return this.#guard.run(fn, (_step, values, call) => {
      // Boxed: the caller follows the promises that count, which need not be the result.
      let result: unknown;
      recording.begin(values, () => {
        result = call();
      });
      return result;
    });
  }

  /** Ends the function with an error; false where it is not running. */
  abort(reason: unknown): boolean {
    return this.#guard.abort(reason);
  }

  /** What the function leaves in AsyncLocalStorages counts as this promise settles. */
  follow(promise: PromiseLike<unknown>): void {
    this.#recording?.follow(promise);
  }

  /** What it leaves there counts now. */
  capture(): void {
    this.#recording?.capture();
  }

  /** What the function left in AsyncLocalStorages. It has ended: nothing is recorded from now on. */
  left(): ContextValues {
    this.#recording?.stop();
    return this.#recording?.values() ?? [];
  }
}

import type { ContextValues } from '../context/enter';
import { ContextRecording } from '../context/recording';
import type { ErrorFactory, Problem } from '../errors/problem';
import type { NamedRequester } from '../errors/site';
import { nothingLeft } from '../errors/tests/timeouts';
import type { PendingWork } from '../loop/steps/pending-work';
import type { Step } from '../loop/steps/step';
import type { AsyncTimeout } from './clock';
import { Guard } from './guard';
import { type GuardTarget, TimedTarget } from './guard-target';
import type { TimeLimit } from './time-limit';

/**
 * Which promise counts for what the function leaves in AsyncLocalStorages: its result, or those that its caller passes
 * to `follow`.
 */
export type Records = 'result' | 'followed';

/**
 * One call of a user's function: in its step, under its time limit, with its values in AsyncLocalStorages, and named
 * in messages. Bodies, hooks, set-ups, teardowns and cleanups all run this way.
 */
export class Invocation<G extends GuardTarget = GuardTarget> extends Guard<G> {
  readonly #recording: ContextRecording | undefined;
  readonly #records: Records | undefined;

  constructor(step: Step, target: G, values: ContextValues, records?: Records) {
    super(step, target, values);
    this.#records = records;
    this.#recording = records === undefined ? undefined : new ContextRecording(step);
  }

  /** Calls the function: returns its result, or a promise of that. */
  override run(fn: () => unknown): unknown {
    const recording = this.#recording;
    if (recording === undefined) return super.run(fn);
    if (this.#records === 'result')
      return super.run(fn, (_step, values, call) => recording.begin(values, call));
    return super.run(fn, (_step, values, call) => {
      // Boxed, so that the recording does not follow it.
      let result: unknown;
      recording.begin(values, () => {
        result = call();
      });
      return result;
    });
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

/** What an invocation needs from the realm of its function. */
export interface InvocationRealm {
  readonly makeError: ErrorFactory;
  /** Pending work that a step started, in whatever Loop. */
  pendingOf(step: Step): Iterable<PendingWork>;
  /** The same, for messages. */
  waiting(step: Step): string[];
  /** What else may keep code waiting: fake timers. */
  hint?(): string | undefined;
}

/** The call of a fixture's function or of a cleanup, as its caller describes it. */
export interface FixtureCall {
  readonly realm: InvocationRealm;
  readonly step: Step;
  readonly limit: TimeLimit;
  /** Another clock, from `asyncTimeoutProvider`. */
  readonly clock?: AsyncTimeout | undefined;
  /** The function as messages name it. */
  readonly named: NamedRequester;
  /** The error on expiry; `waiting` describes the pending work, `hint` what may keep it waiting where there is none. */
  timedOut(ms: number, waiting: readonly string[], hint: string | undefined): Problem;
  /** The same where it blocked the thread. */
  blocked(ms: number): Problem;
  /** Aborts the signals that the function was given. */
  abort(reason: unknown): void;
  /** An error of the function after it was given up. */
  late(error: unknown, givenUp: boolean): void;
  /** The value of a function that was ended, or that blocked too long: nothing else receives it. */
  unwanted?(value: unknown): void;
}

/** What the guard of such a call sees. A class: an object with closures costs 3 % of a run with fixtures. */
class FixtureTarget extends TimedTarget<FixtureCall> implements GuardTarget {
  expired(ms: number): Error {
    const { realm, step } = this.of;
    const waiting = realm.waiting(step);
    const hint = waiting.length === 0 ? realm.hint?.() : undefined;
    return realm.makeError(this.of.timedOut(ms, waiting, hint));
  }

  stuck(): Error {
    const { realm, step, named } = this.of;
    return realm.makeError(nothingLeft(named, realm.waiting(step), realm.hint?.()));
  }

  blocked(ms: number): Error {
    const { realm } = this.of;
    return realm.makeError(this.of.blocked(ms));
  }

  abort(reason: unknown): void {
    this.of.abort(reason);
  }

  pending(): Iterable<PendingWork> {
    const { realm, step } = this.of;
    return realm.pendingOf(step);
  }

  late(error: unknown): void {
    this.of.late(error, this.of.step.givenUp);
  }

  unwanted(value: unknown): void {
    this.of.unwanted?.(value);
  }
}

/** The invocation of such a call. */
export function fixtureInvocation(call: FixtureCall, values: ContextValues, records?: Records): Invocation {
  return new Invocation(call.step, new FixtureTarget(call), values, records);
}

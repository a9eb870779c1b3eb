import type { ContextValues } from '../context/values';
import type { Asker } from '../errors/site';
import { blockedTooLong, bodyTimeout } from '../errors/timeouts';
import type { Limit } from '../fixtures/limits';
import type { Item } from '../loop/item';
import type { Step } from '../loop/step';
import type { AsyncTimeout } from '../timeouts/async-timeout';
import { Guard, type Guarding } from '../timeouts/guard';
import type { Attempt } from './attempt';
import type { Session } from './session';

/** The body of a test, or a hook. */
export interface Guarded {
  readonly session: Session;
  readonly step: Step;
  readonly limit: Limit;
  readonly clock?: AsyncTimeout | undefined;
  /** Who it is, for messages. */
  asker(): Asker;
  /** The test that it belongs to; undefined for beforeAll and afterAll. */
  readonly attempt: Attempt | undefined;
  /** It ends when it calls Jest's `done`. */
  readonly takesDone: boolean;
  abort(reason: unknown): void;
}

/** What a guard asks about a body or hook. */
class Runs implements Guarding {
  constructor(readonly of: Guarded) {}

  get ms(): number {
    return this.of.limit.ms;
  }

  get own(): boolean {
    return this.of.limit.own;
  }

  get clock(): AsyncTimeout | undefined {
    return this.of.clock;
  }

  expired(ms: number): Error {
    const { session, asker, step, takesDone } = this.of;
    const waiting = session.around.waiting(step);
    if (takesDone) waiting.unshift('done() to be called');
    return session.around.makeError(bodyTimeout(asker(), ms, waiting));
  }

  blocked(ms: number): Error {
    return this.of.session.around.makeError(blockedTooLong(this.of.asker(), ms));
  }

  abort(reason: unknown): void {
    const { attempt } = this.of;
    if (attempt !== undefined) {
      attempt.wasEnded = true;
      // What it asked for at run time and is not up yet.
      for (const instance of attempt.home.starting()) instance.abort(reason);
    }
    this.of.abort(reason);
  }

  /** What others have started in the same Loop goes on: fixtures need theirs until they are down. */
  pending(): Iterable<Item> {
    const { session, step } = this.of;
    return session.around.pendingOf(step);
  }

  late(error: unknown): void {
    const { attempt, session, asker } = this.of;
    session.around.late(error, attempt?.label ?? asker().label, attempt ?? this.of.step.owner);
  }
}

/** A guard for the body of a test, or for a hook. */
export function guardFor(of: Guarded, values: ContextValues): Guard {
  return new Guard(of.step, new Runs(of), values);
}

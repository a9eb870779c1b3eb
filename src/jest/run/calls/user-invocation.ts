import type { ContextValues } from '../../../context/enter';
import type { ErrorFactory } from '../../../errors/problem';
import type { NamedRequester } from '../../../errors/site';
import type { Waiting } from '../../../errors/tests/timeouts';
import { blockedTooLong, bodyTimeout, nothingLeft } from '../../../errors/tests/timeouts';
import { WITH_SIGNAL } from '../../../errors/words';
import type { PendingWork } from '../../../loop/steps/pending-work';
import { limitExpired } from '../../../observe/events/time-limit';
import { processState } from '../../../process/process-state';
import { type GuardTarget, TimedTarget } from '../../../timeouts/guard-target';
import type { Records } from '../../../timeouts/invocation';
import { Invocation } from '../../../timeouts/invocation';
import type { RunningAttempt } from '../state/file-run';
import type { BodyOrHook } from './body-or-hook';
import type { UserCall } from './call-user';
import { isUnreadable, meantByDone } from './done-as-fixtures';
import { explainFailure } from './explain-failure';

/** One call of a body or hook, for its guard and for `callUserFunction`. */
class BodyOrHookTarget extends TimedTarget<BodyOrHook> implements GuardTarget, UserCall {
  get isHook(): boolean {
    return !this.of.isBody;
  }

  get makeError(): ErrorFactory {
    return this.of.fileRun.host.makeError;
  }

  requester(): NamedRequester {
    return this.of.requester();
  }

  givenUp(): boolean {
    return this.of.step.givenUp;
  }

  expired(ms: number): Error {
    const { fileRun, attempt, step } = this.of;
    const waiting = this.#waiting();
    const hint = waiting.length === 0 ? fileRun.testFile.backends?.hint() : undefined;
    if (waiting.length === 0 && this.of.usesSignal()) waiting.push(WITH_SIGNAL);
    const { observer } = processState;
    if (attempt !== undefined) fileRun.observed?.timeLimit(attempt as RunningAttempt);
    if (observer !== undefined)
      limitExpired(observer, attempt ?? step.owner ?? step, this.of.isBody ? 'test' : 'hook', ms, waiting);
    const why = { meant: meantByDone(this.of), isUnreadable: isUnreadable(this.of), hint };
    return this.makeError(bodyTimeout(this.requester(), ms, waiting, why));
  }

  /** The error that the function failed with, as it is reported. */
  explained(error: unknown): unknown {
    return explainFailure(this.of, error);
  }

  stuck(): Error {
    const hint = this.of.fileRun.testFile.backends?.hint();
    return this.makeError(nothingLeft(this.requester(), this.#waiting(), hint));
  }

  giveUpInner(reason: unknown): boolean {
    const { attempt, isBody } = this.of;
    return isBody && attempt?.inner?.giveUp(reason) === true;
  }

  blocked(ms: number): Error {
    return this.makeError(blockedTooLong(this.requester(), ms));
  }

  abort(reason: unknown): void {
    const { attempt } = this.of;
    if (attempt !== undefined) {
      attempt.wasAborted = true;
      // Fixtures that it requested at run time and that are still being set up.
      for (const instance of attempt.scope.starting()) instance.abort(reason);
    }
    this.of.abort(reason);
  }

  /** Not what others have started in the same Loop: fixtures need their work until they are torn down. */
  pending(): Iterable<PendingWork> {
    const { fileRun, step } = this.of;
    return fileRun.host.pendingOf(step);
  }

  /** What it waits for, for messages. */
  #waiting(): Waiting[] {
    const { fileRun, attempt, callee, step } = this.of;
    const waiting: Waiting[] = fileRun.host.waiting(step);
    const fixtures = attempt?.usesFixtures ? attempt.fixtures : this.of.fixtures;
    for (const { declaration } of fixtures?.getting ?? []) waiting.unshift(declaration);
    if (callee.takesDone) waiting.unshift('`done()` to be called');
    return waiting;
  }

  late(error: unknown, givenUp: boolean = this.givenUp()): void {
    const { attempt, fileRun, step } = this.of;
    fileRun.host.late(error, attempt?.label ?? this.requester().label, attempt ?? step.owner, givenUp);
  }
}

/** The invocation of a body or hook. */
export type UserInvocation = Invocation<BodyOrHookTarget>;

/** An invocation of the body of a test, or of a hook. A hook records what it leaves in AsyncLocalStorages. */
export function userInvocation(of: BodyOrHook, values: ContextValues, records?: Records): UserInvocation {
  return new Invocation(of.step, new BodyOrHookTarget(of), values, records);
}

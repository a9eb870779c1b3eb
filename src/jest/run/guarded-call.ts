import type { ContextValues } from '../../context/enter';
import type { ErrorFactory } from '../../errors/problem';
import type { Asker } from '../../errors/site';
import { blockedTooLong, bodyTimeout, type Waiting } from '../../errors/timeouts';
import type { Namespace } from '../../fixtures/declare/declaration';
import type { TestType } from '../../fixtures/declare/test-type';
import type { FixtureRun } from '../../fixtures/life/run';
import type { PendingWork } from '../../loop/steps/pending-work';
import type { Step } from '../../loop/steps/step';
import type { AsyncTimeout } from '../../timeouts/clock';
import { Guard, type Guarding } from '../../timeouts/guard';
import type { TimeLimit } from '../../timeouts/time-limit';
import type { Callee } from '../file/registered';
import type { AttemptState } from './attempt-state';
import type { Calling } from './call-user';
import type { FileRun } from './file-run';
import { meantAsFixtures } from './meant-as-fixtures';

/** The body of a test, or a hook. */
export interface Guarded {
  readonly fileRun: FileRun;
  readonly step: Step;
  readonly limit: TimeLimit;
  readonly clock?: AsyncTimeout | undefined;
  /** Who it is, for messages. */
  asker(): Asker;
  /** The test that it belongs to; undefined for beforeAll and afterAll. */
  readonly attempt: AttemptState | undefined;
  readonly callee: Callee;
  /** Where it looks for fixtures. */
  readonly view: { readonly block: Namespace; readonly testType: TestType };
  /** What it asks for at run time; made when that happens, where it belongs to a test. */
  readonly run?: FixtureRun;
  /** It is the body itself. */
  readonly isBody: boolean;
  abort(reason: unknown): void;
}

/** What a guard asks about a body or hook. */
class Runs implements Guarding, Calling {
  constructor(readonly of: Guarded) {}

  get ms(): number {
    return this.of.limit.ms;
  }

  get ours(): boolean {
    return this.of.limit.ours;
  }

  get clock(): AsyncTimeout | undefined {
    return this.of.clock;
  }

  get isHook(): boolean {
    return !this.of.isBody;
  }

  get makeError(): ErrorFactory {
    return this.of.fileRun.host.makeError;
  }

  asker(): Asker {
    return this.of.asker();
  }

  givenUp(): boolean {
    return this.of.step.givenUp;
  }

  expired(ms: number): Error {
    const { fileRun, attempt, callee, step, view } = this.of;
    const waiting: Waiting[] = fileRun.host.waiting(step);
    const run = attempt?.hasRun ? attempt.run : this.of.run;
    for (const { declaration } of run?.getting ?? []) waiting.unshift(declaration);
    if (callee.takesDone) waiting.unshift('`done()` to be called');
    const { resolver } = fileRun.host;
    const knows = (name: string): boolean => resolver.knows(name, view.block, view.testType);
    const written = fileRun.testFile.rows.get(callee.fn) ?? callee;
    const meant = callee.takesDone ? meantAsFixtures(written, knows) : undefined;
    return this.makeError(bodyTimeout(this.asker(), ms, waiting, meant));
  }

  giveUpInner(reason: unknown): boolean {
    const { attempt, isBody } = this.of;
    return isBody && attempt?.inner?.giveUp(reason) === true;
  }

  blocked(ms: number): Error {
    return this.makeError(blockedTooLong(this.asker(), ms));
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
  pending(): Iterable<PendingWork> {
    const { fileRun, step } = this.of;
    return fileRun.host.pendingOf(step);
  }

  late(error: unknown, givenUp: boolean = this.givenUp()): void {
    const { attempt, fileRun, asker } = this.of;
    fileRun.host.late(error, attempt?.label ?? asker().label, attempt ?? this.of.step.owner, givenUp);
  }
}

/** The guard of a body or hook, with what its call has to know. */
export type TestGuard = Guard & { readonly guarding: Runs };

/** A guard for the body of a test, or for a hook. */
export function guardFor(of: Guarded, values: ContextValues): TestGuard {
  return new Guard(of.step, new Runs(of), values) as TestGuard;
}

import { FixtureRun } from '../../../fixtures/life/fixture-run';
import type { ContextStack } from '../../../fixtures/life/interfaces/context-stack';
import type { Stop, TestInfo } from '../../../fixtures/life/interfaces/requester-info';
import { isOver } from '../../file/value-groups';
import type { RunningAttempt } from '../state/file-run';

/** What the fixtures of an attempt need from it. */
interface FixtureAttempt extends RunningAttempt {
  /** The `this` of its functions. */
  readonly self: unknown;
  readonly contexts: ContextStack;
  readonly testInfo: TestInfo;
  /** Why nothing more is set up for it. */
  readonly stopped: Stop | undefined;
}

/** The fixtures of one attempt. */
export function makeAttemptFixtures(attempt: FixtureAttempt): FixtureRun {
  const { plan, fileRun, scope } = attempt;
  return new FixtureRun(
    fileRun.host,
    {
      label: attempt.fullName,
      named: attempt.requester,
      path: fileRun.testFile.testPath,
      namespace: plan.needs.namespace,
      testType: plan.needs.testType,
      variant: plan.variant,
      parallel: plan.parallel,
      again: attempt.number > 1,
      self: attempt.self,
      subject: () => attempt.testInfo,
      owner: attempt,
      contextStack: attempt.contexts,
      loop: attempt.loopSource,
      stopped: () => attempt.stopped,
      abort: error => attempt.abort(error),
      useFailed: error => attempt.useFailed(error),
      isOver: fixture => isOver(plan.group, fixture),
      loopExceptions: () => attempt.loopExceptions,
    },
    scope,
  );
}

import type { RequesterInfo } from '../../fixtures/life/requester-info';
import type { Loop } from '../../loop';
import { NODE } from '../../loop/backend-of';
import type { BackendChoice } from '../../loop/steps/backend';
import type { DrivenLoop } from '../file/file-backends';
import type { FileRun } from './file-run';
import { guardsWaiting } from './waiting-guards';

/** Puts a new Loop of a scope on its backend. */
export function putOnBackend(
  fileRun: FileRun,
  loop: Loop,
  choice: BackendChoice | undefined,
  requester: RequesterInfo | undefined,
): void {
  loop.choice = choice;
  if (choice === undefined || choice.name === NODE) return;
  const test = requester?.subject === undefined ? undefined : requester.label;
  loop.backend = fileRun.testFile.backends!.make(choice, test, drivenBy(fileRun, loop));
  loop.ownsBackend = true;
}

/** The Loop as its backend sees it. */
function drivenBy(fileRun: FileRun, loop: Loop): DrivenLoop {
  const inLoop = (): ReturnType<typeof guardsWaiting> =>
    guardsWaiting().filter(({ step }) => step.known === loop);
  return {
    isAwaited: () => inLoop().length > 0,
    mayBeWoken: () => mayBeWoken(fileRun, loop),
    ownTimers: () => guardsWaiting().length,
    stuck: () => {
      for (const guard of inLoop()) guard.endStuck();
    },
  };
}

/** Whether code outside of a Loop may still do something for those who wait in it. */
function mayBeWoken(fileRun: FileRun, loop: Loop): boolean {
  if (guardsWaiting().some(({ step }) => step.known !== loop)) return true;
  if (fileRun.scopes.starting().length > 0) return true;
  for (const { usesFixtures, fixtures, scope } of fileRun.attempts.values())
    if (usesFixtures && (fixtures.getting.size > 0 || scope.starting().length > 0)) return true;
  return [...fileRun.loops].some(
    other => other.backend !== loop.backend && [...other.pending].some(({ alive }) => alive),
  );
}

import type { RequesterInfo } from '../../fixtures/life/requester-info';
import type { Loop } from '../../loop';
import { NODE } from '../../loop/backend-of';
import type { BackendChoice } from '../../loop/steps/backend';
import type { DrivenLoop } from '../file/file-backends';
import type { FileRun } from './file-run';
import { guardsWaiting } from './waiting-guards';

/** Makes the Loop of a scope on the backend that was chosen for it; `make` makes one of the package. */
export function makeLoop(
  fileRun: FileRun,
  choice: BackendChoice | undefined,
  requester: RequesterInfo | undefined,
  make: () => Loop,
): Loop {
  const { testFile } = fileRun;
  const factory = choice && testFile.factories.find(choice.name, requester?.namespace ?? testFile.file);
  const loop = factory === undefined ? make() : testFile.factories.make(factory, choice!);
  loop.choice = choice;
  if (factory === undefined) putOnBackend(fileRun, loop, choice, requester);
  return loop;
}

function putOnBackend(
  fileRun: FileRun,
  loop: Loop,
  choice: BackendChoice | undefined,
  requester: RequesterInfo | undefined,
): void {
  if (choice === undefined || choice.name === NODE) return;
  const test = requester?.subject === undefined ? undefined : requester.label;
  loop.backend = fileRun.testFile.backends!.make(choice, test, drivenBy(fileRun, loop, test));
  loop.ownsBackend = true;
}

/** The Loop as its backend sees it. */
function drivenBy(fileRun: FileRun, loop: Loop, test: string | undefined): DrivenLoop {
  const inLoop = (): ReturnType<typeof guardsWaiting> =>
    guardsWaiting().filter(({ step }) => step.known === loop);
  return {
    // What waits in a test may wait for something of a wider Loop.
    isAwaited: () => (test === undefined ? guardsWaiting() : inLoop()).length > 0,
    mayBeWoken: () => mayBeWoken(fileRun, loop),
    ownTimers: () => guardsWaiting().length,
    stuck: () => {
      for (const guard of inLoop()) guard.endStuck();
    },
  };
}

/** Whether code outside of a Loop may still do something for those who wait in it. */
function mayBeWoken(fileRun: FileRun, loop: Loop): boolean {
  const guards = guardsWaiting();
  if (guards.some(({ step }) => step.known !== loop)) return true;
  let starting = fileRun.scopes.starting().length;
  for (const { usesFixtures, fixtures, scope } of fileRun.attempts.values()) {
    if (!usesFixtures) continue;
    if (fixtures.getting.size > 0) return true;
    starting += scope.starting().length;
  }
  // Each that runs here has a guard here; others come up in another process.
  if (starting > guards.length) return true;
  return [...fileRun.loops].some(
    other => other.backend !== loop.backend && [...other.pending].some(({ alive }) => alive),
  );
}

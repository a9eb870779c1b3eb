import type { RequesterInfo } from '../../fixtures/life/requester-info';
import type { Loop } from '../../loop';
import { NODE } from '../../loop/backend-of';
import type { BackendChoice } from '../../loop/steps/backend';
import type { ChaosTests } from '../chaos/chaos-tests';
import type { TestEntry } from '../file/circus';
import type { DrivenLoop, FileBackends } from '../file/file-backends';
import { seedOf } from '../process/run-seed';
import type { FileRun } from './file-run';
import { nameWithoutBackend } from './name-without-backend';
import { guardsWaiting } from './waiting-guards';

const CHAOS = 'chaos';

type Order = NonNullable<Parameters<FileBackends['make']>[3]>;

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
  const entry = choice.name === CHAOS ? testOf(fileRun, requester) : undefined;
  const order: Order = options => chaosTests(fileRun).begin(entry!, options);
  loop.backend = fileRun.testFile.backends!.make(choice, test, drivenBy(fileRun, loop), entry && order);
  loop.ownsBackend = true;
}

/** The test whose own Loop a requester makes. */
function testOf(fileRun: FileRun, requester: RequesterInfo | undefined): TestEntry | undefined {
  const attempts = [...fileRun.attempts];
  return attempts.find(
    ([, { usesFixtures, fixtures }]) => usesFixtures && fixtures.requester === requester,
  )?.[0];
}

/** The tests of the file that run on `chaos`: loaded with the first of them. */
function chaosTests(fileRun: FileRun): ChaosTests {
  if (fileRun.chaos === undefined) {
    const module = require('../chaos/chaos-tests') as typeof import('../chaos/chaos-tests');
    const { testFile, options } = fileRun;
    const run = { seed: seedOf(testFile), races: options.races };
    fileRun.chaos = new module.ChaosTests(testFile, run, entry => nameWithoutBackend(fileRun, entry));
  }
  return fileRun.chaos;
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

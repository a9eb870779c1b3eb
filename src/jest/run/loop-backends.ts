import { invalidBackendOption } from '../../errors/loop/backends';
import type { ScopeName } from '../../fixtures/declare/scopes';
import type { RequesterInfo } from '../../fixtures/life/interfaces/requester-info';
import type { Loop } from '../../loop';
import { NODE } from '../../loop/backend-of';
import type { BackendChoice } from '../../loop/steps/backend';
import { processState } from '../../process/process-state';
import type { OtherLoop } from '../../process/real-work';
import type { Waiting } from '../../process/waiting';
import type { ChaosTests } from '../chaos/chaos-tests';
import type { TestEntry } from '../file/circus';
import type { DrivenLoop, FileBackends } from '../file/file-backends';
import { seedOf } from '../process/run-seed';
import { nameWithoutBackend } from './name-without-backend';
import type { FileRun } from './state/file-run';

const CHAOS = 'chaos';

type Order = NonNullable<Parameters<FileBackends['make']>[3]>;

/** The run that needs a Loop first, and the scope whose Loop it is. */
interface LoopOwner {
  readonly requester: RequesterInfo | undefined;
  readonly scope: ScopeName | undefined;
}

/** Makes the Loop of a scope on the backend that was chosen for it; `make` makes one of the package. */
export function makeLoop(
  fileRun: FileRun,
  choice: BackendChoice | undefined,
  owner: LoopOwner,
  make: () => Loop,
): Loop {
  const { testFile } = fileRun;
  const namespace = owner.requester?.namespace ?? testFile.file;
  const factory = choice && testFile.factories.find(choice.name, namespace, choice.site);
  const loop = factory === undefined ? make() : testFile.factories.make(factory, choice!);
  loop.choice = choice;
  if (factory === undefined) putOnBackend(fileRun, loop, choice, owner);
  return loop;
}

function putOnBackend(
  fileRun: FileRun,
  loop: Loop,
  choice: BackendChoice | undefined,
  owner: LoopOwner,
): void {
  if (choice === undefined) return;
  if (choice.name === NODE) {
    refuseOptions(fileRun, choice);
    return;
  }
  const { requester, scope } = owner;
  // A wider Loop is not that of the test that happens to need it first.
  const test = scope !== 'test' || requester?.subject === undefined ? undefined : requester.label;
  const entry = choice.name === CHAOS ? testOf(fileRun, owner) : undefined;
  const order: Order = options => chaosTests(fileRun).begin(entry!, options);
  loop.backend = fileRun.testFile.backends!.make(choice, test, drivenBy(fileRun, loop, test), entry && order);
  loop.ownsBackend = true;
}

/** Real time has no options. */
function refuseOptions({ testFile }: FileRun, { name, options }: BackendChoice): void {
  const [given] = Object.entries(options);
  if (given !== undefined)
    throw testFile.makeError(invalidBackendOption(name, given[0], undefined, given[1], []));
}

/** The test whose own Loop it is. */
function testOf(fileRun: FileRun, { requester, scope }: LoopOwner): TestEntry | undefined {
  if (scope !== 'test') return undefined;
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
    fileRun.chaos = new module.ChaosTests(
      testFile,
      run,
      entry => nameWithoutBackend(fileRun, entry),
      entry => fileRun.skips.countsAsSkipped(entry, entry.errors),
    );
  }
  return fileRun.chaos;
}

/** Those that wait; known while backends are in use. */
const allWaiting = (): Waiting[] => [...(processState.awaiting ?? [])];

/** The Loop as its backend sees it. */
function drivenBy(fileRun: FileRun, loop: Loop, test: string | undefined): DrivenLoop {
  const inTest = (): Waiting[] => allWaiting().filter(each => isOn(loop, each));
  return {
    // What waits in a test may wait for something of a wider Loop.
    isAwaited: () => (test === undefined ? allWaiting() : inTest()).length > 0,
    mayBeWoken: () => mayBeWoken(fileRun, loop),
    ownTimers: () => allWaiting().reduce((sum, { timers }) => sum + timers, fileRun.interrupts.timers.count),
    stuck: () => {
      for (const each of inTest()) each.endStuck?.();
    },
  };
}

/** Whether code waits in a Loop, or in another one on the same backend: a test may make some, and enter them. */
function isOn({ backend }: Loop, { loops }: Waiting): boolean {
  return [...loops].some(each => (each as Loop).backend === backend);
}

/** Whether code outside of a Loop may still wake what waits in it. */
function mayBeWoken(fileRun: FileRun, loop: Loop): boolean {
  const all = allWaiting();
  if (all.some(each => !isOn(loop, each) || each.endStuck === undefined)) return true;
  let starting = fileRun.scopes.starting().length;
  for (const { usesFixtures, fixtures, scope } of fileRun.attempts.values()) {
    if (!usesFixtures) continue;
    if (fixtures.getting.size > 0) return true;
    starting += scope.starting().length;
  }
  // A set-up that runs here waits here; any other runs in another process.
  if (starting > all.length) return true;
  const { realWork } = processState;
  const isAtWork = (other: OtherLoop): boolean =>
    other.backend !== loop.backend && [...other.pending].some(({ alive }) => alive);
  return (
    realWork?.hasTimers === true ||
    [...fileRun.loops].some(isAtWork) ||
    [...(realWork?.loops ?? [])].some(isAtWork)
  );
}

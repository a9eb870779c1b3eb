import { leftovers } from '../../../errors/tests/pending-work';
import type { FixtureOwner } from '../../../fixtures/life/instance/fixture-owner';
import type { Loop } from '../../../loop';
import type { LoopSource, Owner, Step, StepLoop } from '../../../loop/steps/step';
import { turn } from '../../../process/real-time';
import { RealmStep } from '../../file/realm-step';
import { describePending, isLeftover } from '../../report/sites';
import type { FileRun, RunningAttempt } from '../state/file-run';
import { hasFailed } from './test-info';
import { warnOfUnreached } from './unreached-backend';

/** The step for the body of a test, or for one of its hooks, in the Loop that its markers name. */
export function stepFor(attempt: RunningAttempt, label: string, isBody = false): Step {
  const { markers, wantsLoop } = attempt.plan;
  const forbidden = (isBody && markers.forbidGetEventLoop) || undefined;
  let source = wantsLoop ? sourceFor(attempt) : null;
  // A clock that is read before the first timer is set follows the backend, too.
  if (typeof source === 'function' && attempt.fileRun.testFile.hasBackends) source = opened(attempt, source);
  if (isBody && typeof source === 'object') warnOfUnreached(attempt, source);
  return new RealmStep(attempt.fileRun.testFile.realm, label, source, undefined, attempt, forbidden);
}

/** The Loop itself. Where it cannot be made, the first function of the test fails; the others clean up outside of it. */
function opened(attempt: RunningAttempt, source: () => StepLoop | null): StepLoop | null {
  if (attempt.hasNoLoop) return null;
  try {
    return source();
  } catch (error) {
    attempt.hasNoLoop = true;
    throw error;
  }
}

function sourceFor(attempt: RunningAttempt): LoopSource {
  const { scopes, options } = attempt.fileRun;
  const { loopScope = options.loopScope ?? 'test', loopNamespace } = attempt.plan.markers;
  if (loopScope === 'test' && !scopes.anyEntered) return attempt.loopSource;
  const marked = loopScope === 'describe' && loopNamespace?.kind === 'describe' ? loopNamespace : undefined;
  return attempt.fixtures.sourceFor('test', loopScope, marked && scopes.of(marked, 'describe'));
}

/** What happens to timers that a test leaves behind. */
function leftoversPolicy({ fileRun, wasAborted }: RunningAttempt): 'adopt' | 'cancel' | 'fail' {
  return wasAborted ? 'cancel' : (fileRun.options.leftovers ?? 'adopt');
}

/** The Loop for what the code of a test starts after the test is over. */
export function loopAfter(attempt: RunningAttempt): Loop {
  const { fileRun } = attempt;
  const goesOn = fileRun.testFile.info.ended || leftoversPolicy(attempt) === 'adopt';
  return goesOn ? fileLoop(fileRun) : closedLoop(fileRun);
}

/** The Loop that takes over from a closed Loop of a describe block: the timers of hooks and tests stay in the file. */
export function successorOf(fileRun: FileRun, loop: Loop, step: Step | undefined): Loop | undefined {
  const isFile = loop === fileRun.scopes.of(fileRun.testFile.file, 'file').loop;
  if (isFile || (fileRun.options.leftovers ?? 'adopt') !== 'adopt') return undefined;
  return step?.owner !== undefined && !isFixture(step.owner) ? fileLoop(fileRun) : undefined;
}

function isFixture(owner: Owner): boolean {
  return (owner as Partial<FixtureOwner>).isFixture === true;
}

function fileLoop({ scopes, testFile, host, options }: FileRun): Loop {
  const scope = scopes.of(testFile.file, 'file');
  scope.loop ??= host.newLoop('file loop', options.debug ?? false);
  if (scope.loopEnded) void scope.loop.close();
  return scope.loop;
}

/** What is scheduled on it is dropped. */
function closedLoop(fileRun: FileRun): Loop {
  if (fileRun.closedLoop === undefined) {
    fileRun.closedLoop = new fileRun.testFile.realm.core.Loop({ name: 'closed' });
    void fileRun.closedLoop.close();
  }
  return fileRun.closedLoop;
}

/**
 * Closes the Loop of an attempt after its fixtures are torn down; undefined where it had none. Adds what goes wrong to
 * `errors`.
 */
export function closeAttemptLoop(attempt: RunningAttempt, errors: unknown[]): Promise<void> | undefined {
  const { plan } = attempt;
  if (plan.markers.catchLoopExceptions !== undefined) return closeAfterExceptions(attempt, errors);
  return endLoops(attempt, errors);
}

/** Exceptions under way may still arrive: Node reports a rejection at the end of the turn. */
async function closeAfterExceptions(attempt: RunningAttempt, errors: unknown[]): Promise<void> {
  await turn();
  await turn();
  await endLoops(attempt, errors);
}

function endLoops(attempt: RunningAttempt, errors: unknown[]): Promise<void> | undefined {
  const { scope } = attempt;
  scope.loopEnded = true;
  if (scope.otherLoops !== undefined) return closeAll(attempt, [scope.loop, ...scope.otherLoops], errors);
  return scope.loop === undefined ? undefined : closeLoop(attempt, scope.loop, errors);
}

/** Its Loop, and the one that its `loopBackend` was set up in. */
async function closeAll(
  attempt: RunningAttempt,
  loops: readonly (Loop | undefined)[],
  errors: unknown[],
): Promise<void> {
  for (const loop of loops) if (loop !== undefined) await closeLoop(attempt, loop, errors);
}

async function closeLoop(attempt: RunningAttempt, loop: Loop, errors: unknown[]): Promise<void> {
  const { fileRun } = attempt;
  if (leftoversPolicy(attempt) === 'fail') await failForLeftovers(attempt, loop, errors);
  loop.successor = () => loopAfter(attempt);
  await loop.close();
  fileRun.loops.delete(loop);
}

/** A test that passed fails for the timers that it has left behind. */
async function failForLeftovers(attempt: RunningAttempt, loop: Loop, errors: unknown[]): Promise<void> {
  if (![...loop.pending].some(isLeftover)) return;
  // What is due at once is not left behind.
  await turn();
  await turn();
  const left = [...loop.pending].filter(isLeftover);
  if (left.length === 0 || errors.length > 0 || hasFailed(attempt)) return;
  const { host, testFile } = attempt.fileRun;
  const texts = left.map(work => describePending(work, testFile.rootDir));
  errors.push(host.makeError(leftovers(attempt.requester, texts)));
}

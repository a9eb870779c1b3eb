import { leftovers } from '../../errors/timeouts';
import type { FixtureOwner } from '../../fixtures/life/fixture-owner';
import type { Loop } from '../../loop';
import type { LoopSource, Owner, Step } from '../../loop/steps/step';
import { turn } from '../../process/real-time';
import { describePending, isLeftover } from '../report/sites';
import type { AttemptOfRun, FileRun } from './file-run';
import { hasFailed } from './test-info';

/** The step for the body of a test, or for one of its hooks, in the Loop that its markers name. */
export function stepFor(fileRun: FileRun, attempt: AttemptOfRun, label: string, isBody = false): Step {
  const { markers, wantsLoop } = attempt.plan;
  const forbidden = (isBody && markers.forbidGetEventLoop) || undefined;
  const source = wantsLoop ? sourceFor(fileRun, attempt) : null;
  return new fileRun.testFile.realm.core.Step(label, source, undefined, attempt, forbidden);
}

function sourceFor({ homes, options }: FileRun, attempt: AttemptOfRun): LoopSource {
  const { loopScope = options.loopScope ?? 'test', loopBlock } = attempt.plan.markers;
  if (loopScope === 'test' && !homes.anyEntered) return attempt.source;
  const marked = loopScope === 'describe' && loopBlock?.kind === 'describe' ? loopBlock : undefined;
  return attempt.run.sourceFor('test', loopScope, marked && homes.of(marked, 'describe'));
}

/** What becomes of timers that a test has left behind. */
export function policyFor({ fileRun, wasEnded }: AttemptOfRun): 'adopt' | 'cancel' | 'fail' {
  return wasEnded ? 'cancel' : (fileRun.options.leftovers ?? 'adopt');
}

/** The Loop for what code of a test does when the test is over. */
export function loopAfter(attempt: AttemptOfRun): Loop {
  const { fileRun } = attempt;
  const goesOn = fileRun.testFile.ownedFile.ended || policyFor(attempt) === 'adopt';
  return goesOn ? fileLoop(fileRun) : closedLoop(fileRun);
}

/** What a closed Loop of a describe block leaves: what hooks and tests set stays until the file ends. */
export function heirOf(fileRun: FileRun, loop: Loop, step: Step | undefined): Loop | undefined {
  const isFile = loop === fileRun.homes.of(fileRun.testFile.file, 'file').loop;
  if (isFile || (fileRun.options.leftovers ?? 'adopt') !== 'adopt') return undefined;
  return step?.owner !== undefined && !isFixture(step.owner) ? fileLoop(fileRun) : undefined;
}

function isFixture(owner: Owner): boolean {
  return (owner as Partial<FixtureOwner>).isFixture === true;
}

/** The Loop of the file. */
function fileLoop({ homes, testFile, host, options }: FileRun): Loop {
  const home = homes.of(testFile.file, 'file');
  home.loop ??= host.newLoop('file loop', options.debug ?? false);
  if (home.over) void home.loop.close();
  return home.loop;
}

/** One for code that is to come to nothing. */
function closedLoop(fileRun: FileRun): Loop {
  if (fileRun.closedLoop === undefined) {
    fileRun.closedLoop = new fileRun.testFile.realm.core.Loop({ name: 'closed' });
    void fileRun.closedLoop.close();
  }
  return fileRun.closedLoop;
}

/** Ends the Loop of an attempt, when its fixtures are down. Adds what it finds to `errors`. */
export async function endLoop(attempt: AttemptOfRun, errors: unknown[]): Promise<void> {
  const { home, plan, fileRun } = attempt;
  if (plan.markers.catchLoopExceptions !== undefined) {
    // What is on its way may still arrive: Node tells of a rejection when the turn is over.
    await turn();
    await turn();
  }
  home.over = true;
  const { loop } = home;
  if (loop === undefined) return;
  if (policyFor(attempt) === 'fail') await judge(attempt, loop, errors);
  loop.successor = () => loopAfter(attempt);
  await loop.close();
  fileRun.loops.delete(loop);
}

/** Timers that a passed test has left behind fail it. */
async function judge(attempt: AttemptOfRun, loop: Loop, errors: unknown[]): Promise<void> {
  if (![...loop.pending].some(isLeftover)) return;
  // What is due at once is not left behind.
  await turn();
  await turn();
  const left = [...loop.pending].filter(isLeftover);
  if (left.length === 0 || errors.length > 0 || hasFailed(attempt)) return;
  const { host, testFile } = attempt.fileRun;
  const texts = left.map(item => describePending(item, testFile.rootDir));
  errors.push(host.makeError(leftovers(attempt.asker, texts)));
}

import { leftovers } from '../../errors/timeouts';
import type { Loop } from '../../loop';
import type { LoopSource, Step } from '../../loop/steps/step';
import { turn } from '../../process/real-time';
import { describePending, isLeftover } from '../report/sites';
import type { AttemptOfRun, FileRun } from './file-run';
import { hasFailed } from './test-info';

/** The step for the body of a test, or for one of its hooks, in the Loop that its markers name. */
export function stepFor(session: FileRun, attempt: AttemptOfRun, label: string, isBody = false): Step {
  const { markers, wantsLoop } = attempt.plan;
  const forbidden = (isBody && markers.forbidGetEventLoop) || undefined;
  const source = wantsLoop ? sourceFor(session, attempt) : null;
  return new session.testFile.kit.core.Step(label, source, undefined, attempt, forbidden);
}

function sourceFor({ homes, options }: FileRun, attempt: AttemptOfRun): LoopSource {
  const { loopScope = options.loopScope ?? 'test', loopBlock } = attempt.plan.markers;
  if (loopScope === 'test' && !homes.anyEntered) return attempt.source;
  const marked = loopScope === 'describe' && loopBlock?.kind === 'describe' ? loopBlock : undefined;
  return attempt.run.sourceFor('test', loopScope, marked && homes.of(marked, 'describe'));
}

/** What becomes of timers that a test has left behind. */
export function policyFor({ session, wasEnded }: AttemptOfRun): 'adopt' | 'cancel' | 'fail' {
  return wasEnded ? 'cancel' : (session.options.leftovers ?? 'adopt');
}

/** The Loop for what code of a test does when the test is over. */
export function loopAfter(attempt: AttemptOfRun): Loop {
  const { session } = attempt;
  const goesOn = session.testFile.ownedFile.ended || policyFor(attempt) === 'adopt';
  return goesOn ? fileLoop(session) : closedLoop(session);
}

/** What a closed Loop of a describe block leaves: what hooks and tests set stays until the file ends. */
export function heirOf(session: FileRun, loop: Loop, step: Step | undefined): Loop | undefined {
  const isFile = loop === session.homes.of(session.testFile.file, 'file').loop;
  if (isFile || (session.options.leftovers ?? 'adopt') !== 'adopt') return undefined;
  return step?.owner !== undefined && 'session' in step.owner ? fileLoop(session) : undefined;
}

/** The Loop of the file. */
function fileLoop({ homes, testFile, around, options }: FileRun): Loop {
  const home = homes.of(testFile.file, 'file');
  home.loop ??= around.newLoop('file loop', options.debug ?? false);
  if (home.over) void home.loop.close();
  return home.loop;
}

/** One for code that is to come to nothing. */
function closedLoop(session: FileRun): Loop {
  if (session.closedLoop === undefined) {
    session.closedLoop = new session.testFile.kit.core.Loop({ name: 'closed' });
    void session.closedLoop.close();
  }
  return session.closedLoop;
}

/** Ends the Loop of an attempt, when its fixtures are down. Adds what it finds to `errors`. */
export async function endLoop(attempt: AttemptOfRun, errors: unknown[]): Promise<void> {
  const { home, plan, session } = attempt;
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
  session.loops.delete(loop);
}

/** Timers that a passed test has left behind fail it. */
async function judge(attempt: AttemptOfRun, loop: Loop, errors: unknown[]): Promise<void> {
  if (![...loop.items].some(isLeftover)) return;
  // What is due at once is not left behind.
  await turn();
  await turn();
  const left = [...loop.items].filter(isLeftover);
  if (left.length === 0 || errors.length > 0 || hasFailed(attempt)) return;
  const { around, testFile } = attempt.session;
  const texts = left.map(item => describePending(item, testFile.rootDir));
  errors.push(around.makeError(leftovers(attempt.asker, texts)));
}

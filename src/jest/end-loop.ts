import { leftovers } from '../errors/timeouts';
import type { Loop } from '../loop';
import { turn } from '../time/clock';
import type { Attempt } from './attempt';
import { loopAfter, policyFor } from './file-loops';
import { describeItem, isLeftover } from './pending';
import { hasFailed } from './subject';

/** Ends the Loop of an attempt, when its fixtures are down. Adds what it finds to `errors`. */
export async function endLoop(attempt: Attempt, errors: unknown[]): Promise<void> {
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
async function judge(attempt: Attempt, loop: Loop, errors: unknown[]): Promise<void> {
  if (![...loop.items].some(isLeftover)) return;
  // What is due at once is not left behind.
  await turn();
  await turn();
  const left = [...loop.items].filter(isLeftover);
  if (left.length === 0 || errors.length > 0 || hasFailed(attempt)) return;
  const { around, rootDir } = attempt.session;
  const texts = left.map(item => describeItem(item, rootDir));
  errors.push(around.makeError(leftovers(attempt.asker, texts)));
}

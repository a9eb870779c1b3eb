import type { Instance } from '../fixtures/instance';
import type { Inside } from './outside';
import { adoptError } from './realm';
import type { Session } from './session';
import { caughtWide } from './surroundings';

/** What a fixture that outlives test files tells the one that runs. */
export function insideOf(session: Session): Inside {
  const uses = (instance: Instance): boolean =>
    !session.ownedFile.ended && [...session.borrowings].some(each => each.origin() === instance);
  return {
    path: session.testPath,
    caught: (instance, context, step) => {
      if (!uses(instance)) return false;
      const exception = 'exception' in context && { exception: adoptError(session.kit, context.exception) };
      caughtWide(session, instance, { ...context, ...exception }, step);
      return true;
    },
    handled: promise => session.errors.handled(promise),
    abortUsers: (instance, error) => {
      return uses(instance) ? session.around.abortUsers(instance, adoptError(session.kit, error)) : undefined;
    },
    warn: message => session.warn(message),
  };
}

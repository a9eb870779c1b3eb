import type { Instance } from '../../fixtures/life/instance';
import type { Session } from '../file/session';
import { adoptError } from '../report/error-copies';
import { caughtWide } from '../run/fixture-host';
import type { Inside } from './jest-host';

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

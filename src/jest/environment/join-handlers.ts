import * as promises from '../../node/promise';
import { type EventHandler, eventHandlers, mentions } from '../file/event-handlers';

/**
 * Circus awaits each of its handlers at each event. Makes one handler of Jest's own and that of the environment, which
 * comes right after it: so a test takes as many turns of the microtask queue as without us, and no promise more. Call
 * this while the environment handles `setup`: circus has added no other handler by then. Where we find anything else
 * than these two, nothing changes.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-circus/src/legacy-code-todo-rewrite/jestAdapterInit.ts
 */
export function joinHandlers(global: object): void {
  const handlers = eventHandlers(global);
  const [jests, ours] = handlers.slice(-2);
  // Circus binds the method of the environment.
  if (ours?.name !== 'bound handleTestEvent' || !mentions(jests!, 'numPassingAsserts')) return;
  handlers.splice(-2, 2, join(jests!, ours));
}

/** Jest's handler is an async function without an `await`: it has done its work when it returns. */
function join(jests: EventHandler, ours: EventHandler): EventHandler {
  return (event, state) => {
    const first = jests(event, state);
    const second = ours(event, state);
    return second === undefined ? first : promises.all([first, second]);
  };
}

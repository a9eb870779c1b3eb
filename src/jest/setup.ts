import type { Kit } from './realm';
import type { Session } from './session';

/*
 * The first of `setupFilesAfterEnv`: it runs inside the sandbox of each test file, so it stays small, loads
 * nothing, and gives the session what has to be made in here. Loading it again changes nothing.
 */
const sandbox = globalThis as unknown as Record<symbol, Session | undefined> & Record<string, unknown>;
const session = sandbox[Symbol.for('jest-loop.session')];

const kit: Kit = {
  Error,
  newObject: () => ({}),
  wrap: host => {
    const outer = function (this: unknown, ...args: unknown[]): unknown {
      return host(args, outer);
    };
    return outer;
  },
};

session?.open(kit, sandbox);

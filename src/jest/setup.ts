import * as core from '../loop/core';
import type { Kit } from './realm';
import type { Session } from './session';

/*
 * The first of `setupFilesAfterEnv`: it runs inside the sandbox of each test file, so it stays small (bundled, it
 * loads nothing: a project may mock all that is loaded) and gives the session what has to be made in here. Loading it again changes nothing.
 */
const sandbox = globalThis as unknown as Record<symbol, Session | undefined> & Record<string, unknown>;
const session = sandbox[Symbol.for('jest-loop.session')];

/** A promise without anything of the user's. */
function isBare(value: unknown): boolean {
  return (
    Object.prototype.toString.call(value) === '[object Promise]' &&
    Object.keys(value as object).length === 0 &&
    Object.getOwnPropertySymbols(value).every(({ description }) =>
      /^(?:trigger_)?async_id_symbol$|^kResourceStore$/.test(description ?? ''),
    )
  );
}

const kit: Kit = {
  Error,
  core,
  console: () => console,
  equalPromises: (a, b) => (isBare(a) && isBare(b) ? true : undefined),
  newObject: () => ({}),
  newDeps: () => Object.create(null),
  ownPromise: promise => new Promise((resolve, reject) => promise.then(resolve, reject)),
  wrap: (host, name) => {
    const outer = function (this: unknown, ...args: unknown[]): unknown {
      return host(args, outer);
    };
    if (name !== undefined) Object.defineProperty(outer, 'name', { value: name, configurable: true });
    return outer;
  },
};

if (session !== undefined) {
  session.open(kit, sandbox);
} else {
  // Another environment runs this file (a @jest-environment comment). A bundle of its own: few need it.
  const { serveElsewhere } = require('./elsewhere') as typeof import('./elsewhere');
  serveElsewhere();
}

import type { Kit, SandboxFunction } from '../../../src/jest/realm';

/** What the setup file makes in the sandbox of a test file, made here. */
export const kit: Kit = {
  Error,
  newObject: () => ({}),
  newDeps: () => Object.create(null),
  ownPromise: promise => promise,
  wrap: host => {
    const outer: SandboxFunction = (...args) => host(args, outer);
    return outer;
  },
};

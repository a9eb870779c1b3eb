import type { SandboxFunction, SandboxRealm } from '../../../src/jest/file/realm';
import * as core from '../../../src/loop/sandbox-core';

/** What the setup file makes in the sandbox of a test file, made here. */
export const realm: SandboxRealm = {
  Error,
  captureStackTrace: Error.captureStackTrace,
  global: globalThis,
  newObject: () => ({}),
  newDeps: () => Object.create(null),
  ownPromise: promise => promise,
  equalPromises: (a, b) => (a instanceof Promise && b instanceof Promise ? true : undefined),
  console: () => console,
  core,
  load: file => require(file),
  import: file => import(file),
  wrap: host => {
    const outer: SandboxFunction = (...args) => host(args, outer);
    return outer;
  },
};

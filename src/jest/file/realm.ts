import type { ErrorFactory } from '../../errors/problem';
import * as core from '../../loop/sandbox-core';
import { usersFrames } from './stacks';

/** A function of the sandbox that calls one of ours; `outer` is itself, the point where stacks are cut. */
export type SandboxFunction = (this: unknown, ...args: unknown[]) => unknown;
/** The part of such a function that lives outside of the sandbox. */
export type HostFunction = (args: unknown[], outer: SandboxFunction) => unknown;

/**
 * What has to be made inside the sandbox of a test file, so that `instanceof` holds there.
 * The setup file, which is loaded in the sandbox, hands it to the session.
 */
export interface SandboxRealm {
  readonly Error: ErrorConstructor;
  /** Its global object. */
  readonly global: object;
  newObject(): Record<string, unknown>;
  /** One without a prototype: a fixture may be called `toString`, and a default is taken where none is. */
  newDeps(): Record<string, unknown>;
  ownPromise(promise: Promise<unknown>): Promise<unknown>;
  /** `true` for two promises that differ in nothing but what async hooks have put into them. */
  equalPromises(a: unknown, b: unknown): boolean | undefined;
  /** The console of the test file, as it is now. */
  console(): Pick<Console, 'warn'>;
  /** The Loop core, as it was loaded in the sandbox. */
  readonly core: typeof import('../../loop/sandbox-core');
  wrap(host: HostFunction, name?: string): SandboxFunction;
}

/** Makes errors of the sandbox's realm from problems. */
export function errorFactory(realm: Pick<SandboxRealm, 'Error'>): ErrorFactory {
  return problem => {
    const limit = realm.Error.stackTraceLimit;
    // Without a place of its own it is the fault of the call that is being made.
    realm.Error.stackTraceLimit = problem.frames === undefined ? MOST_FRAMES : 0;
    const error = new realm.Error(problem.message) as Error & { code: string };
    realm.Error.stackTraceLimit = limit;
    error.code = problem.code;
    // The stack of the user's call, not of our insides: Jest shows the code around its first frame.
    const frames = problem.frames ?? usersFrames(error.stack);
    error.stack = `Error: ${problem.message}${frames === '' ? '' : `\n${frames}`}`;
    return error;
  };
}

/** How far up the user's call is looked for: more of our own frames may stand above it than a stack has as a rule. */
const MOST_FRAMES = 50;

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

/** Made in the realm that it is for: this module is a part of what is loaded there. */
export function makeSandboxRealm(global: object): SandboxRealm {
  return {
    Error,
    global,
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
}

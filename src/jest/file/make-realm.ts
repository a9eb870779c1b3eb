import '../../node/json';
import '../../node/promise';
import { captureStackTrace } from '../../node/stack-trace';
import type { SandboxRealm } from './realm';

/** A promise to which the user has added nothing. */
function isBare(value: unknown): boolean {
  return (
    Object.prototype.toString.call(value) === '[object Promise]' &&
    Object.keys(value as object).length === 0 &&
    Object.getOwnPropertySymbols(value).every(({ description }) =>
      /^(?:trigger_)?async_id_symbol$|^kResourceStore$/.test(description ?? ''),
    )
  );
}

/**
 * Makes the realm's object. This module is loaded in the realm itself, for every test file: what few of them need comes
 * later, in bundles of its own.
 */
export function makeSandboxRealm(
  loadCore: () => SandboxRealm['core'],
  { load, import: importModule }: Pick<SandboxRealm, 'load' | 'import'>,
): SandboxRealm {
  let core: SandboxRealm['core'] | undefined;
  return {
    Error,
    captureStackTrace,
    global: globalThis,
    get core() {
      core ??= loadCore();
      return core;
    },
    load,
    import: importModule,
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

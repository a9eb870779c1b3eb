import * as core from '../loop/core';
import type { Kit } from './realm';

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
export function makeKit(realm: object): Kit {
  return {
    Error,
    realm,
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

import { createRequire } from 'node:module';
import { onlyInTestFiles } from '../../../errors/shared';
import { withOriginals } from '../../../node/originals';
import type { Globals } from '../../file/circus';
import { errorFactory } from '../../file/realm';

const NAMES =
  'test it describe beforeAll beforeEach afterEach afterAll jest mark fdescribe xdescribe fit xit xtest';

/**
 * What stands for the functions of a test file where wide fixtures live. A file that is loaded there may call whatever it calls
 * in a test environment; later, in the body of a fixture, coming to nothing would be a mistake that nobody sees.
 * Assertions hold in both.
 */
export function jestStubs(isLoading: () => boolean): Globals {
  const inert = NAMES.split(' ').map(name => [name, nothing(name, isLoading)]);
  return { ...Object.fromEntries(inert), expect: lazy(loadExpect) };
}

/** Of an arrow function `new` would be refused. */
function standIn(): void {}

/** Whatever is done with it, it is there and does nothing, while a file is loaded. */
function nothing(name: string, isLoading: () => boolean): unknown {
  const called = (): object => {
    if (!isLoading()) {
      const error = errorFactory({ Error })(onlyInTestFiles(name));
      Error.captureStackTrace(error, called);
      throw error;
    }
    return nothing(name, isLoading) as object;
  };
  return new Proxy(standIn, {
    get: (_, key) => {
      if (key === 'then') return undefined;
      if (key === Symbol.toPrimitive) return () => '';
      return nothing(typeof key === 'string' ? `${name}.${key}` : name, isLoading);
    },
    apply: called,
    construct: called,
    set: () => true,
  });
}

/** The same as what `load` gives, which is slow and needed by few. */
function lazy(load: () => object): unknown {
  let loaded: object | undefined;
  const real = (): object => {
    loaded ??= load();
    return loaded;
  };
  return new Proxy(standIn, {
    get: (_, name) => Reflect.get(real(), name),
    set: (_, name, value) => Reflect.set(real(), name, value),
    has: (_, name) => Reflect.has(real(), name),
    apply: (_, self, args) => Reflect.apply(real() as () => unknown, self, args),
  });
}

/** `@jest/globals`, which we depend on, throws here; what it would give comes from one of its own dependencies. */
function loadExpect(): object {
  const load = (): unknown => createRequire(require.resolve('@jest/globals'))('@jest/expect');
  return (withOriginals(load) as { jestExpect: object }).jestExpect;
}

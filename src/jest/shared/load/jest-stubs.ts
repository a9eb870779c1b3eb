import { onlyInTestFiles } from '../../../errors/fixtures/shared';
import type { Globals } from '../../file/circus';
import { errorFactory } from '../../file/realm';
import { requireJest } from '../../process/jest-packages';

const NAMES =
  'test it describe beforeAll beforeEach afterEach afterAll jest mark fdescribe xdescribe fit xit xtest';

/**
 * Stand-ins for the functions of a test file where shared fixtures live. While a file is loaded there, its calls do
 * nothing. Later, in the body of a fixture, that would hide a mistake, so they throw. `expect` is Jest's at all times.
 */
export function jestStubs(isLoading: () => boolean): Globals {
  const stubs = NAMES.split(' ').map(name => [name, stub(name, isLoading)]);
  return { ...Object.fromEntries(stubs), expect: lazy(loadExpect) };
}

/** Not an arrow function, so that it can be called with `new`. */
function standIn(): void {}

/** Accepts any use, and does nothing, while a file is loaded. */
function stub(name: string, isLoading: () => boolean): unknown {
  const called = (): object => {
    if (!isLoading()) {
      const error = errorFactory({ Error })(onlyInTestFiles(name));
      Error.captureStackTrace(error, called);
      throw error;
    }
    return stub(name, isLoading) as object;
  };
  return new Proxy(standIn, {
    get: (_, key) => {
      if (key === 'then') return undefined;
      if (key === Symbol.toPrimitive) return () => '';
      return stub(typeof key === 'string' ? `${name}.${key}` : name, isLoading);
    },
    apply: called,
    construct: called,
    set: () => true,
  });
}

/** Stands for the result of `load`, which is slow and rarely needed. */
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

/** `@jest/globals` throws outside of Jest's sandbox; its `expect` comes from here. */
function loadExpect(): object {
  return (requireJest('@jest/expect') as { readonly jestExpect: object }).jestExpect;
}

import type { TestFile } from '../file/test-file';
import { withoutMocking } from './jest-object';

type Symbols<Value> = Readonly<Record<symbol, Value | undefined>>;

/** The global that holds our stand-ins where another environment runs the test file. */
export const OTHER_ENVIRONMENT = Symbol.for('jest-loop.other-environment');

/** The test file in whose sandbox this module is loaded; undefined outside one. */
function currentTestFile(): TestFile | undefined {
  return (globalThis as unknown as Symbols<TestFile>)[Symbol.for('jest-loop.test-file')];
}

/** The stand-ins for a test file that another environment runs with our setup file. */
function inOtherEnvironment(): Readonly<Record<string, unknown>> | undefined {
  return (globalThis as unknown as Symbols<Readonly<Record<string, unknown>>>)[OTHER_ENVIRONMENT];
}

/** A public function of the current test file. Without our environment, calling it says what is missing. */
export function api(name: string): unknown {
  const testFile = currentTestFile();
  if (testFile === undefined) return inOtherEnvironment()?.[name] ?? missing(name);
  return testFile.realm === undefined ? testFile.standIns!.of(name) : testFile.api[name];
}

/** A part of the Loop core: from the realm of the current test file, or from this one outside a test environment. */
export function loopApi(name: keyof typeof import('../../loop')): unknown {
  const testFile = currentTestFile();
  if (testFile?.realm !== undefined) return testFile.realm.core[name];
  return (require('../../loop') as typeof import('../../loop'))[name];
}

/** The exports of a bundle in the realm of the current test file; undefined outside a test environment. */
export function loadedExports(module: 'network' | 'services'): object | undefined {
  const testFile = currentTestFile();
  // Where shared fixtures are loaded, there is one realm for all.
  return testFile?.realm === undefined || testFile.isCollector ? undefined : testFile.builtIns.load(module);
}

/** Jest's `expect` and `jest`, the latter without what cannot work from here. */
export function jestGlobal(name: 'expect' | 'jest'): unknown {
  const testFile = currentTestFile();
  if (testFile === undefined) return inOtherEnvironment()?.[name] ?? missing(name);
  // There is no Jest where shared fixtures are loaded.
  if (testFile.isCollector) return testFile.api[name];
  const value = (require('@jest/globals') as Record<'expect' | 'jest', Readonly<Record<string, unknown>>>)[
    name
  ];
  return name === 'jest' ? withoutMocking(value) : value;
}

/** Throws when called, not when read: importing the package must work anywhere, for its types and for Jest. */
export function missing(name: string): () => never {
  return () => {
    // Loaded on demand: each file that imports the package loads this module in its sandbox.
    const { noEnvironment } =
      require('../../errors/project/environment') as typeof import('../../errors/project/environment');
    const { errorOf } = require('../../errors/problem') as typeof import('../../errors/problem');
    throw errorOf(noEnvironment(name));
  };
}

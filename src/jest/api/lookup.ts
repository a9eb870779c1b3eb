import type { TestFile } from '../file/test-file';
import { withoutMocking } from './own-jest';

/** The session of the test file that loads this, in its sandbox; undefined elsewhere. */
function currentTestFile(): TestFile | undefined {
  return (globalThis as unknown as Record<symbol, TestFile | undefined>)[Symbol.for('jest-loop.session')];
}

/** What stands in place of the public functions where another environment runs the file that has our setup file. */
function elsewhere(): Readonly<Record<string, unknown>> | undefined {
  return (globalThis as unknown as Record<symbol, Readonly<Record<string, unknown>> | undefined>)[ELSEWHERE];
}

/** A public function of the running test file; outside of the environment, one that says what is missing. */
export function api(name: string): unknown {
  const testFile = currentTestFile();
  if (testFile === undefined) return elsewhere()?.[name] ?? missing(name);
  return testFile.realm === undefined ? testFile.standIns!.of(name) : testFile.api[name];
}

/** A part of the Loop core, in the realm of the running test file; outside of a test environment, of its own. */
export function loopApi(name: keyof typeof import('../../loop')): unknown {
  const testFile = currentTestFile();
  if (testFile?.realm !== undefined) return testFile.realm.core[name];
  return (require('../../loop') as typeof import('../../loop'))[name];
}

/** What a bundle of the running test file exports, in its realm; undefined outside of a test environment. */
export function loaded(module: 'network' | 'services'): object | undefined {
  const testFile = currentTestFile();
  // Where shared fixtures are loaded, there is one realm for all.
  return testFile?.realm === undefined || testFile.isCollector ? undefined : testFile.builtIns.load(module);
}

/** `expect` and `jest`, which are Jest's own, but for what `jest` cannot do here. */
export function jestOwn(name: 'expect' | 'jest'): unknown {
  const testFile = currentTestFile();
  if (testFile === undefined) return elsewhere()?.[name] ?? missing(name);
  // Where wide fixtures are loaded there is no Jest.
  if (testFile.isCollector) return testFile.api[name];
  const own = (require('@jest/globals') as Record<'expect' | 'jest', Readonly<Record<string, unknown>>>)[
    name
  ];
  return name === 'jest' ? withoutMocking(own) : own;
}

/** Not thrown when it is looked at: importing the package must work everywhere, for its types and for Jest. */
export function missing(name: string): () => never {
  return () => {
    // Loaded when it is needed: this module is loaded in the sandbox of each file that imports the package.
    const { noEnvironment } = require('../../errors/tests') as typeof import('../../errors/tests');
    const { code, message } = noEnvironment(name);
    throw Object.assign(new Error(message), { code });
  };
}

/** Under which a file that another environment runs finds what stands in place of this package's functions. */
export const ELSEWHERE = Symbol.for('jest-loop.elsewhere');

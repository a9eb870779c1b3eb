import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import { readOptions, refuseBesideLoop } from '../../config/options';
import { errorOf } from '../../errors/problem';
import { fixtureFileAsTest } from '../../errors/project/config';
import { CAPTURED } from '../../node';
import { PROCESS_STATE, processState } from '../../process/process-state';
import { StandIns } from '../api/missing-setup';
import type { Globals } from '../file/circus';
import { ownModules } from '../file/own-modules';
import { isFixtureFile } from '../file/setup-files';
import { TEST_FILE, TestFile } from '../file/test-file';
import { isPlace } from '../observe/list-place';

/**
 * Keeps an object from Jest's `globalsCleanup`.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-util/src/garbage-collection-utils.ts
 */
const PROTECTED = Symbol.for('$$jest-protect-from-deletion');

/** The test file that an environment is made for. Throws if its options are invalid. */
export function makeTestFile(
  { globalConfig, projectConfig }: JestEnvironmentConfig,
  { testPath, docblockPragmas }: EnvironmentContext,
  loopOptions: unknown,
): TestFile {
  // There is no realm yet whose errors these could be.
  refuseBesideLoop(projectConfig.testEnvironmentOptions, errorOf);
  const options = readOptions(loopOptions, docblockPragmas['jest-loop'], process.env, errorOf);
  if (isFixtureFile(testPath) && !isPlace(testPath)) throw errorOf(fixtureFileAsTest());
  const testFile = new TestFile(options, {
    path: testPath,
    root: projectConfig.rootDir,
    ended: false,
    config: projectConfig,
    failureExitCode: globalConfig.testFailureExitCode,
    jestSeed: globalConfig.seed,
  });
  if (projectConfig.automock) testFile.unmocked = ownModules();
  return testFile;
}

/** Puts what the package needs inside the sandbox into its global. */
export function provideTo(
  global: object,
  testFile: TestFile,
  { projectConfig }: Pick<JestEnvironmentConfig, 'projectConfig'>,
): void {
  // By a getter: Jest takes the members away from values that it finds on the global of a file that is over.
  const provide = (key: symbol, value: unknown): unknown =>
    Object.defineProperty(global, key, { get: () => value, configurable: true });
  provide(TEST_FILE, testFile);
  testFile.standIns = new StandIns(testFile, projectConfig, global as Globals);
  for (const [key, value] of [
    [PROCESS_STATE, processState],
    [CAPTURED, Reflect.get(globalThis, CAPTURED)],
  ] as const) {
    // It outlives the sandbox, whose objects Jest takes apart at the end.
    if (!Object.hasOwn(value, PROTECTED))
      Object.defineProperty(value, PROTECTED, { value: [], configurable: true });
    provide(key, value);
  }
}

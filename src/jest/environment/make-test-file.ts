import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import { readOptions } from '../../config/options';
import { fixtureFileAsTest } from '../../errors/config';
import type { Problem } from '../../errors/problem';
import { CAPTURED } from '../../node';
import { STORE, worker } from '../../process/store';
import { StandIns } from '../api/missing-setup';
import type { Globals } from '../file/circus';
import { isFixtureFile } from '../file/setup-files';
import { TEST_FILE, TestFile } from '../file/test-file';

/** The test file that an environment is made for. Throws if its options are invalid. */
export function makeTestFile(
  { globalConfig, projectConfig }: JestEnvironmentConfig,
  { testPath, docblockPragmas }: EnvironmentContext,
  loopOptions: unknown,
): TestFile {
  const options = readOptions(loopOptions, docblockPragmas['jest-loop'], process.env, errorOf);
  if (isFixtureFile(testPath)) throw errorOf(fixtureFileAsTest());
  return new TestFile(options, {
    path: testPath,
    root: projectConfig.rootDir,
    ended: false,
    config: projectConfig,
    failureExitCode: globalConfig.testFailureExitCode,
    jestSeed: globalConfig.seed,
  });
}

/** There is no realm yet whose errors these could be. */
function errorOf({ code, message }: Problem): Error {
  return Object.assign(new Error(message), { code });
}

/** Puts what the package needs inside the sandbox into its global. */
export function provideTo(
  global: object,
  testFile: TestFile,
  { projectConfig }: Pick<JestEnvironmentConfig, 'projectConfig'>,
): void {
  const provide = (key: symbol, value: unknown): unknown =>
    Object.defineProperty(global, key, { value, configurable: true });
  provide(TEST_FILE, testFile);
  testFile.standIns = new StandIns(testFile, projectConfig, global as Globals);
  provide(STORE, worker);
  provide(CAPTURED, Reflect.get(globalThis, CAPTURED));
}

import type { Config } from '@jest/types';
import * as path from '../../node/path';
import { PACKAGE_FOLDER } from '../../util/package-folder';

/** Of any copy of this package. */
const OURS = /[\\/]jest-loop[\\/]build[\\/]entries[\\/](environment|setup|runner)\.js$/;
/** Environments of Jest, which have no fixtures. */
const JESTS = /[\\/]jest-environment-(node|jsdom)[\\/]/;

/** Whether a run of the project has our runner; a `globalSetup` may bring it. */
export function mayHaveRunner({
  runner,
  globalSetup,
}: Pick<Config.ProjectConfig, 'runner' | 'globalSetup'>): boolean {
  return isOurs(runner) || globalSetup != null;
}

const isOurs = (file: string): boolean =>
  OURS.test(file) || path.dirname(file) === path.join(PACKAGE_FOLDER, 'entries');

type Paths = Pick<Config.ProjectConfig, 'testEnvironment' | 'setupFilesAfterEnv' | 'runner'>;

/** Whether a project's configuration uses this package; undefined if its own environment may do so. */
export function usesPackage({ testEnvironment, setupFilesAfterEnv, runner }: Paths): boolean | undefined {
  if ([testEnvironment, runner, ...setupFilesAfterEnv].some(isOurs)) return true;
  return JESTS.test(testEnvironment) ? false : undefined;
}

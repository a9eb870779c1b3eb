import type { TestEvents } from 'jest-runner';
import * as path from '../../node/path';
import { PACKAGE_FOLDER } from '../../util/package-folder';
import { isFixtureFile } from '../file/setup-files';
import { currentStream } from '../process/run-stream';

/*
 * `--fixtures` also lists directories in which there is no test file: Jest is given their `jest.fixtures` file in place of
 * one. Setup files and the `jest.fixtures` files around it load as for a test; the file itself is loaded by then, so
 * nothing is declared twice.
 */

/** Stands for a test file at the root of a project without a `jest.fixtures` file: a setup file that is loaded anyway. */
export const ROOT_PLACE = path.join(PACKAGE_FOLDER, 'entries/setup.js');

/** Whether a file stands for the directory that it is in when fixtures are listed. */
export function isPlaceName(file: string): boolean {
  return isFixtureFile(file) || file === ROOT_PLACE;
}

/** Whether a test file does so in this run. */
export function isPlace(file: string): boolean {
  return isPlaceName(file) && currentStream()?.mode === 'list';
}

/** Whether the end of a file is that of a place without a mistake. It has no tests, which Jest would complain about. */
export function isPlainPlace(
  name: string,
  [{ path: file }, result]: TestEvents['test-file-success' | 'test-file-failure'],
): boolean {
  if (name !== 'test-file-success' || !isPlace(file)) return false;
  return (result as TestEvents['test-file-success'][1]).testExecError == null;
}

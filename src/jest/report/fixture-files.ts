import type { FixtureFiles } from '../../errors/fixtures/lookup';
import * as fs from '../../node/fs';
import * as path from '../../node/path';
import {
  contains,
  findFixtureFiles,
  fixtureDirectories,
  isFixtureFile,
  type ProjectRoots,
} from '../file/setup-files';
import { nameIn } from './sites';

/** `jest.fixture.js`, `jest-fixtures.ts`, `jest.fixtures.jsx`: probably meant as a `jest.fixtures` file. */
const MEANT = /^\.?jest[._-]?fixtures?\.[cm]?[jt]sx?$/i;

/** The `jest.fixtures` files of a test file, and those that look as if they were meant for it. */
export function describeFixtureFiles(
  project: ProjectRoots,
  testPath: string,
  /** Whether the file of a directory declares a fixture. */
  declares: (directory: string) => boolean,
): FixtureFiles {
  const { rootDir } = project;
  const shown = (file: string): string => nameIn(rootDir, file);
  const directories = fixtureDirectories(project, testPath);
  const loaded = findFixtureFiles(project, testPath);
  const namesIn = (directory: string): string[] => list(directory).filter(name => MEANT.test(name));
  const [outermost = rootDir] = directories;
  return {
    lookedIn: directories.map(
      directory => path.relative(rootDir, directory).split(path.sep).join('/') || '<rootDir>',
    ),
    loaded: loaded.map(shown),
    empty: loaded.filter(file => !declares(path.dirname(file))).map(shown),
    second: directories.flatMap(directory =>
      namesIn(directory)
        .filter(isFixtureFile)
        .map(name => path.join(directory, name))
        .filter(file => !loaded.includes(file))
        .map(shown),
    ),
    misnamed: directories.flatMap(directory =>
      namesIn(directory)
        .filter(name => !isFixtureFile(name))
        .map(name => shown(path.join(directory, name))),
    ),
    above: above(outermost).flatMap(directory =>
      namesIn(directory).map(name =>
        path.relative(rootDir, path.join(directory, name)).split(path.sep).join('/'),
      ),
    ),
    top: contains(rootDir, outermost) ? 'rootDir' : 'roots',
  };
}

/** The directories above `directory`, up to the root of the repository. */
function above(directory: string): string[] {
  const found: string[] = [];
  for (let at = directory; !fs.existsSync(path.join(at, '.git')) && path.dirname(at) !== at; ) {
    at = path.dirname(at);
    found.push(at);
  }
  return found;
}

function list(directory: string): string[] {
  try {
    return fs.readdirSync(directory);
  } catch {
    return [];
  }
}

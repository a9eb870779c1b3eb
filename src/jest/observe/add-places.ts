import { createRequire } from 'node:module';
import type { Config } from '@jest/types';
import { statSync } from '../../node/fs';
import * as path from '../../node/path';
import { findFixtureFiles, isFixtureFile } from '../file/setup-files';
import { usesPackage } from '../process/uses-package';
import { ROOT_PLACE } from './list-place';

/** Of Jest's own module: what it knows of one project. */
interface Context {
  readonly config: Config.ProjectConfig;
  readonly hasteFS: { getAllFiles(): string[] };
}

interface FoundTests {
  readonly tests: readonly { readonly context: Context; readonly path: string }[];
}

interface SearchSource {
  readonly _context: Context;
  getTestPaths(
    globalConfig: Config.GlobalConfig,
    ...rest: readonly unknown[]
  ): Promise<FoundTests & { readonly total?: number }>;
}

/**
 * Lets `--fixtures` list directories without a test file: Jest's search for tests finds their `jest.fixtures` file in
 * place of one. The returned function stops this. `jest` is the main module of Jest.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-core/src/SearchSource.ts
 */
export function addPlaces(jest: string): () => void {
  const core = createRequire(jest)('@jest/core') as { readonly SearchSource: { prototype: SearchSource } };
  const { prototype } = core.SearchSource;
  const { getTestPaths } = prototype;
  prototype.getTestPaths = async function (this: SearchSource, globalConfig, ...rest) {
    const found = await Reflect.apply(getTestPaths, this, [globalConfig, ...rest]);
    const paths = found.tests.map(test => test.path);
    const places = placesOf(this._context, globalConfig, paths);
    return {
      ...found,
      tests: [...found.tests, ...places.map(place => ({ context: this._context, path: place }))],
    };
  };
  return () => {
    prototype.getTestPaths = getTestPaths;
  };
}

/** The files that stand for the directories of a project without a test file. */
function placesOf(
  { config, hasteFS }: Context,
  { testPathPatterns, onlyChanged, findRelatedTests, runTestsByPath }: Config.GlobalConfig,
  tests: readonly string[],
): string[] {
  if (usesPackage(config) === false || onlyChanged || findRelatedTests || runTestsByPath) return [];
  const { rootDir } = config;
  const pattern = testPathPatterns.toExecutor({ rootDir });
  const files = hasteFS
    .getAllFiles()
    .filter(
      file => isFixtureFile(file) && pattern.isMatch(file) && findFixtureFiles(config, file).includes(file),
    );
  // What is around it is listed with it.
  const innermost = files.filter(
    file => ![...tests, ...files].some(each => each !== file && isBeside(file, each)),
  );
  if (tests.length + innermost.length > 0) return innermost;
  const directories = testPathPatterns.isSet()
    ? directoriesOf(testPathPatterns.patterns, rootDir)
    : [rootDir];
  const nearest = directories.map(directory => findFixtureFiles(config, path.join(directory, 'a')).at(-1));
  return [...new Set(nearest.map(file => file ?? ROOT_PLACE))];
}

/** Whether a file lies in the directory of another one, or below. */
const isBeside = (file: string, other: string): boolean => other.startsWith(path.dirname(file) + path.sep);

/** The directories in a project that patterns for test files name. */
function directoriesOf(patterns: readonly string[], rootDir: string): string[] {
  const isInside = (directory: string): boolean =>
    `${directory}${path.sep}`.startsWith(`${rootDir}${path.sep}`);
  return patterns
    .map(pattern => path.resolve(pattern))
    .filter(each => isInside(each) && statSync(each, { throwIfNoEntry: false })?.isDirectory());
}

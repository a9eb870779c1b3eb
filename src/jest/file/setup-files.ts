import * as fs from '../../node/fs';
import * as path from '../../node/path';

/** In order of preference, for a directory with several. */
const EXTENSIONS = ['ts', 'js', 'mts', 'mjs', 'cts', 'cjs'];

/** Where a project's files lie, of Jest's configuration. */
export interface ProjectRoots {
  readonly rootDir: string;
  readonly roots: readonly string[];
}

/** The `jest.fixtures` files of a test file, one per directory from `rootDir` down to its own, outermost first. */
export function findFixtureFiles(project: ProjectRoots, testPath: string): string[] {
  return fixtureDirectories(project, testPath).flatMap(directory => {
    const files = EXTENSIONS.map(extension => path.join(directory, `jest.fixtures.${extension}`));
    return files.find(isFile) ?? [];
  });
}

/** The directories to search for them, outermost first. */
export function fixtureDirectories(project: ProjectRoots, testPath: string): string[] {
  const found: string[] = [];
  const innermost = path.dirname(testPath);
  const outermost = outermostOf(project, innermost);
  for (let directory = innermost; ; directory = path.dirname(directory)) {
    found.unshift(directory);
    if (directory === outermost) return found;
  }
}

/** `rootDir`; outside of it, the outermost entry of `roots` around a directory, or else that directory itself. */
function outermostOf({ rootDir, roots }: ProjectRoots, directory: string): string {
  if (contains(rootDir, directory)) return rootDir;
  const around = roots.filter(root => contains(root, directory));
  return around.reduce((a, b) => (b.length < a.length ? b : a), directory);
}

/** Whether a directory is, or lies in, another one. */
export function contains(outer: string, directory: string): boolean {
  return directory === outer || directory.startsWith(outer.endsWith(path.sep) ? outer : outer + path.sep);
}

/** Whether Jest took a `jest.fixtures` file for a test. */
export function isFixtureFile(file: string): boolean {
  return /^jest\.fixtures\.[cm]?[jt]s$/.test(path.basename(file));
}

function isFile(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Called with each file before it is loaded, and with undefined when the setup files are done. */
export type Progress = (loading: { path: string; kind: 'setup' | 'fixtures' } | undefined) => void;

/**
 * Makes Jest load the `jest.fixtures` files (CommonJS or ESM, through the project's transform) after the setup files
 * and before the test file, and reports progress.
 *
 * Jest has no hook for this, but iterates over `setupFilesAfterEnv`:
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-circus/src/legacy-code-todo-rewrite/jestAdapter.ts#L80
 * Our iterator is not enumerable, so it does not change the serialized configuration, from which Jest derives the key
 * of its transform cache.
 */
export function watchSetupFiles(
  files: readonly string[],
  fixtureFiles: () => readonly string[],
  progress: Progress,
): void {
  Object.defineProperty(files, Symbol.iterator, {
    configurable: true,
    enumerable: false,
    value: function* () {
      for (let i = 0; i < files.length; i++) {
        progress({ path: files[i]!, kind: 'setup' });
        yield files[i]!;
      }
      for (const file of fixtureFiles()) {
        progress({ path: file, kind: 'fixtures' });
        yield file;
      }
      progress(undefined);
    },
  });
}

/** Gives the list its iterator back. */
export function unwatchSetupFiles(files: readonly string[]): void {
  delete (files as { [Symbol.iterator]?: unknown })[Symbol.iterator];
}
